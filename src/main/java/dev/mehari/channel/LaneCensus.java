package dev.mehari.channel;

import dev.mehari.redis.RedisAway;
import dev.mehari.redis.RedisGate;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How all lanes stand, for metrics, health and the API: asked of Redis in one round trip, and at most once a second
 * however many ask. Thread-safe.
 */
public class LaneCensus implements Channels.Listener {
    private static final long FRESH_MILLIS = 1_000;
    private static final List<String> STATES =
            List.of("accepted", "delivered", "diverted", "dead", "expired", "suppressed");

    private final Channels channels;
    private final Lanes lanes;
    private final RedisGate redis;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<String, List<Meter>> registered = new HashMap<>();
    private Map<String, LaneStatus> last = Map.of();
    private long lastAt = Long.MIN_VALUE;

    LaneCensus(Channels channels, Lanes lanes, RedisGate redis, Clock clock, MeterRegistry meters) {
        this.channels = channels;
        this.lanes = lanes;
        this.redis = redis;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Every configured channel's lane.
     *
     * @throws RedisAway Redis does not answer
     */
    public synchronized Map<String, LaneStatus> now() {
        if (clock.millis() - lastAt < FRESH_MILLIS
                && last.keySet().equals(channels.all().keySet())) {
            return last;
        }
        var asked = new LinkedHashMap<String, CompletionStage<LaneStatus>>();
        channels.all().keySet().forEach(name -> asked.put(name, lanes.of(name).look()));
        var statuses = new LinkedHashMap<String, LaneStatus>();
        asked.forEach((name, status) -> statuses.put(name, redis.await(status)));
        last = statuses;
        lastAt = clock.millis();
        return statuses;
    }

    @Override
    public synchronized void changed(Map<String, Channel> before, Map<String, Channel> now) {
        registered.forEach((name, gauges) -> {
            if (!now.containsKey(name)) {
                gauges.forEach(meters::remove);
            }
        });
        registered.keySet().retainAll(now.keySet());
        now.keySet().forEach(name -> registered.computeIfAbsent(name, this::register));
    }

    private List<Meter> register(String channel) {
        var gauges = new ArrayList<Meter>();
        var tags = Tags.of("channel", channel);
        gauges.add(gauge("mehari.lane.depth", "Deliveries queued or under way", tags, LaneStatus::depth));
        gauges.add(gauge(
                "mehari.lane.oldest.age.seconds",
                "Seconds the oldest unfinished delivery has been waiting",
                tags,
                status -> status.oldestAge().toMillis() / 1000.0));
        gauges.add(gauge(
                "mehari.lane.paused",
                "1 while nothing is delivered until somebody resumes or mends the channel",
                tags,
                status -> status.paused() != null || status.broken() != null ? 1 : 0));
        gauges.add(gauge(
                "mehari.ledger.difference",
                "Accepted deliveries less ended ones less those in flight; not 0 means one was lost or counted twice",
                tags,
                LaneStatus::difference));
        for (var state : STATES) {
            gauges.add(gauge(
                    "mehari.ledger.deliveries",
                    "Durable count of deliveries by what became of them",
                    tags.and("state", state),
                    status -> status.count(state)));
        }
        return gauges;
    }

    private Gauge gauge(String name, String description, Tags tags, ToDoubleFunction<LaneStatus> value) {
        var channel = channelOf(tags);
        return Gauge.builder(name, () -> value(channel, value))
                .description(description)
                .tags(tags)
                .register(meters);
    }

    private static String channelOf(Tags tags) {
        return tags.stream()
                .filter(tag -> tag.getKey().equals("channel"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private @Nullable Double value(String channel, ToDoubleFunction<LaneStatus> value) {
        try {
            var status = now().get(channel);
            return status == null ? null : value.applyAsDouble(status);
        } catch (RedisAway away) {
            return null;
        }
    }
}
