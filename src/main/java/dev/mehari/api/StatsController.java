package dev.mehari.api;

import dev.mehari.channel.LaneCensus;
import dev.mehari.channel.LaneStatus;
import dev.mehari.channel.RemovedLanes;
import dev.mehari.deadletter.DeadLetters;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Counts by channel, state and type since the first start, and whether they add up. */
@RestController
class StatsController {
    private final LaneCensus census;
    private final RemovedLanes removed;
    private final DeadLetters deadLetters;

    StatsController(LaneCensus census, RemovedLanes removed, DeadLetters deadLetters) {
        this.census = census;
        this.removed = removed;
        this.deadLetters = deadLetters;
    }

    /** @param difference accepted less ended less in flight; 0 unless something was lost or counted twice */
    record ChannelStats(
            long inFlight,
            double oldestAgeSeconds,
            long difference,
            Map<String, Long> states,
            Map<String, Long> types) {}

    /** @param removed channels that are not in channels.yaml any more, in whose lanes something waits; not in the total */
    record Stats(
            Map<String, ChannelStats> channels,
            Map<String, ChannelStats> removed,
            Map<String, Long> total,
            long deadLetters,
            boolean balanced) {}

    @GetMapping({"/api/v1/stats", "/stats"})
    Stats stats() {
        var channels = new TreeMap<String, ChannelStats>();
        var total = new TreeMap<String, Long>();
        census.now().forEach((name, status) -> {
            channels.put(name, stats(status));
            ChannelsController.totals(status).forEach((state, count) -> total.merge(state, count, Long::sum));
            total.merge("inFlight", status.depth(), Long::sum);
        });
        boolean balanced = channels.values().stream().allMatch(one -> one.difference() == 0);
        var waiting = new TreeMap<String, ChannelStats>();
        removed.now().forEach((name, status) -> waiting.put(name, stats(status)));
        return new Stats(channels, waiting, total, deadLetters.size(), balanced);
    }

    private static ChannelStats stats(LaneStatus status) {
        var types = new TreeMap<String, Long>();
        status.ledger().forEach((field, count) -> {
            if (field.startsWith("accepted:")) {
                types.put(field.substring("accepted:".length()), count);
            }
        });
        return new ChannelStats(
                status.depth(),
                status.oldestAge().toMillis() / 1000.0,
                status.difference(),
                ChannelsController.totals(status),
                types);
    }
}
