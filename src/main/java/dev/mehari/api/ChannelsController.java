package dev.mehari.api;

import dev.mehari.channel.Channel;
import dev.mehari.channel.Channels;
import dev.mehari.channel.DivertedDelivery;
import dev.mehari.channel.LaneCensus;
import dev.mehari.channel.LaneStatus;
import dev.mehari.channel.Lanes;
import dev.mehari.delivery.BreakerStates;
import dev.mehari.delivery.budget.RateLimits;
import dev.mehari.http.ApiException;
import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationIds;
import dev.mehari.notification.Priority;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Channels: how they stand, tested, paused and resumed. */
@RestController
@RequestMapping("/api/v1/channels")
class ChannelsController {
    private static final int MOST = 500;

    private final Channels channels;
    private final Lanes lanes;
    private final LaneCensus census;
    private final BreakerStates breakers;
    private final RateLimits limits;
    private final TypesByChannel types;
    private final NotificationIds ids;
    private final Clock clock;

    ChannelsController(
            Channels channels,
            Lanes lanes,
            LaneCensus census,
            BreakerStates breakers,
            RateLimits limits,
            TypesByChannel types,
            NotificationIds ids,
            Clock clock) {
        this.channels = channels;
        this.lanes = lanes;
        this.census = census;
        this.breakers = breakers;
        this.limits = limits;
        this.types = types;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param types those of types.yaml whose sample the router sends there
     * @param sandbox true while the channel has no address and delivers to the sandbox
     * @param state {@code running}, {@code paused}, {@code broken}, {@code rate-limited}, or {@code waiting} to try again
     * @param waitsUntil when a channel that is rate-limited or waiting goes on
     * @param lastError what the destination answered last that was no success
     * @param breaker closed, open, half-open or forced-open
     */
    @Schema(name = "Channel")
    record View(
            String name,
            @Nullable String description,
            List<String> types,
            String provider,
            boolean sandbox,
            @Nullable String fallback,
            Map<String, Object> throttle,
            int coalesce,
            int concurrency,
            String state,
            @Nullable Instant waitsUntil,
            String breaker,
            long depth,
            double oldestAgeSeconds,
            @Nullable String paused,
            @Nullable String broken,
            LaneStatus.@Nullable LastError lastError,
            Map<String, Long> deliveries) {}

    @Schema(name = "Channels")
    record Listing(List<View> channels) {}

    @Schema(name = "TestSent")
    record Sent(String id) {}

    @GetMapping
    Listing list() {
        var statuses = census.now();
        return new Listing(channels.all().values().stream()
                .map(channel -> view(
                        channel,
                        statuses.getOrDefault(
                                channel.name(), lanes.of(channel.name()).status())))
                .toList());
    }

    @GetMapping("/{name}")
    View show(@PathVariable String name) {
        return view(channel(name), lanes.of(name).status());
    }

    /** Sends a short message through the channel's lane, past the router. */
    @PostMapping("/{name}/test")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Sent test(@PathVariable String name) {
        var id = ids.next();
        var text = "This is a test of channel " + channel(name).name() + ". If you can read it, the channel works.";
        var test = new Notification(
                id,
                "system.status",
                "Test",
                text,
                Map.of(),
                Priority.NORMAL,
                null,
                "test",
                id,
                null,
                clock.instant(),
                null,
                List.of());
        lanes.await(lanes.put(name, test, null));
        return new Sent(id);
    }

    @PostMapping("/{name}/pause")
    View pause(@PathVariable String name) {
        lanes.of(channel(name).name()).pause("by an operator");
        return show(name);
    }

    @PostMapping("/{name}/resume")
    View resume(@PathVariable String name) {
        lanes.of(channel(name).name()).resume();
        return show(name);
    }

    /** @param total how many there are; {@code diverted} holds the oldest of them */
    record DivertedListing(long total, List<DivertedDelivery> diverted) {}

    /** @param replayed how many were sent again, or with {@code dryRun} would be */
    @Schema(name = "DivertedReplayed")
    record Replayed(long replayed, boolean dryRun) {}

    /** What the fallback channel took over and nobody has sent again, oldest first. */
    @GetMapping("/{name}/diverted")
    DivertedListing diverted(@PathVariable String name, @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw ApiException.invalid("limit is " + limit + "; give a number from 1 to " + MOST + ".");
        }
        var lane = lanes.of(channel(name).name());
        return new DivertedListing(lane.divertedCount(), lane.diverted(limit));
    }

    /** Sends what was diverted to the channel itself, through its lane and under its throttle. */
    @PostMapping("/{name}/diverted/replay")
    Replayed replayDiverted(@PathVariable String name, @RequestParam(defaultValue = "false") boolean dryRun) {
        var lane = lanes.of(channel(name).name());
        return new Replayed(dryRun ? lane.divertedCount() : lanes.sendDivertedAgain(name, Integer.MAX_VALUE), dryRun);
    }

    private Channel channel(String name) {
        return channels.find(name).orElseThrow(() -> ApiException.notFound("channel " + name));
    }

    private View view(Channel channel, LaneStatus status) {
        return new View(
                channel.name(),
                channel.description(),
                types.now().getOrDefault(channel.name(), List.of()),
                channel.provider(),
                channel.sandboxed(),
                channel.fallback(),
                Map.of(
                        "requests", channel.throttle().requests(),
                        "period", channel.throttle().period().toString()),
                channel.coalesce(),
                channel.concurrency(),
                state(channel, status),
                waitsUntil(channel, status),
                breakers.of(channel.name()),
                status.depth(),
                status.oldestAge().toMillis() / 1000.0,
                status.paused(),
                status.broken(),
                status.lastError(),
                totals(status));
    }

    private String state(Channel channel, LaneStatus status) {
        if (status.broken() != null || status.paused() != null) {
            return status.broken() != null ? "broken" : "paused";
        }
        boolean waits = status.holdUntilMillis() > clock.millis();
        return limits.of(channel.name()).isPresent() ? "rate-limited" : waits ? "waiting" : "running";
    }

    private @Nullable Instant waitsUntil(Channel channel, LaneStatus status) {
        var limited = limits.of(channel.name()).map(RateLimits.Wait::until);
        var held = Instant.ofEpochMilli(status.holdUntilMillis());
        return limited.orElse(held.isAfter(clock.instant()) ? held : null);
    }

    /** The ledger without its counters by type. */
    static Map<String, Long> totals(LaneStatus status) {
        var totals = new java.util.TreeMap<String, Long>();
        status.ledger().forEach((field, count) -> {
            if (!field.contains(":") && !field.equals("millis")) {
                totals.put(field, count);
            }
        });
        return totals;
    }
}
