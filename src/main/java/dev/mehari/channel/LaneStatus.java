package dev.mehari.channel;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a lane stands at one moment.
 *
 * @param depth deliveries queued or under way
 * @param oldestAge how long the oldest of them has been waiting
 * @param paused why nothing is taken, or null
 * @param broken why the destination refuses everything, or null
 * @param holdUntilMillis epoch milliseconds until which the lane waits; 0 when it does not
 * @param ledger counters by final state, and the same by type
 */
public record LaneStatus(
        long depth,
        Duration oldestAge,
        @Nullable String paused,
        @Nullable String broken,
        long holdUntilMillis,
        Map<String, Long> ledger) {

    public long count(String field) {
        return ledger.getOrDefault(field, 0L);
    }

    /** Accepted, less everything that has ended, less what is in flight: 0, or something was lost or counted twice. */
    public long difference() {
        return count("accepted")
                - count("delivered")
                - count("diverted")
                - count("dead")
                - count("expired")
                - count("suppressed")
                - depth;
    }
}
