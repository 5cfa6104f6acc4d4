package dev.mehari.channel;

import java.time.Duration;
import java.time.Instant;
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
 * @param lastError what the destination answered last that was no success, or null
 * @param ledger counters by final state, and the same by type
 */
public record LaneStatus(
        long depth,
        Duration oldestAge,
        @Nullable String paused,
        @Nullable String broken,
        long holdUntilMillis,
        @Nullable LastError lastError,
        Map<String, Long> ledger) {

    /** @param detail the answer or the failure, secrets masked */
    public record LastError(Instant at, String detail) {
        static @Nullable LastError read(String text) {
            int space = text.indexOf(' ');
            return space < 0
                    ? null
                    : new LastError(
                            Instant.ofEpochMilli(Long.parseLong(text.substring(0, space))), text.substring(space + 1));
        }
    }

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
