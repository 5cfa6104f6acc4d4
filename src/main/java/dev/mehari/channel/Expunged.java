package dev.mehari.channel;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Recipients whose waiting deliveries are not to be sent any more, for workers that have some in memory. What is queued later
 * is sent as ever. Thread-safe.
 */
final class Expunged {
    private static final Duration REMEMBERED = Duration.ofDays(2);

    private final Map<String, Long> until = new ConcurrentHashMap<>();

    /** @param millis what was queued up to then is concerned */
    void add(String recipient, long millis) {
        until.values().removeIf(before -> before < millis - REMEMBERED.toMillis());
        until.merge(recipient, millis, Math::max);
    }

    boolean concerns(LaneEntry entry) {
        var recipient = entry.notification().recipient();
        if (until.isEmpty() || recipient == null) {
            return false;
        }
        var millis = until.get(recipient);
        return millis != null && entry.queuedAt() <= millis;
    }
}
