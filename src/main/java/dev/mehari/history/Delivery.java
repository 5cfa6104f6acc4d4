package dev.mehari.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a delivery stands after some of its events.
 *
 * @param replay the mark of the replay; empty for the first time
 * @param state queued, delivered, diverted, dead, expired or suppressed
 * @param divertedFrom the channel this copy stands in for
 * @param heldUntil when the next try may be made
 * @param tries how many attempts were spent
 * @param providerMs how long the last request to the provider took
 * @param detail why it is held or ended so, or the provider's message id
 */
public record Delivery(
        String channel,
        String replay,
        String state,
        @Nullable String divertedFrom,
        Instant queuedAt,
        @Nullable Instant firstAttemptAt,
        @Nullable Instant endedAt,
        @Nullable Instant heldUntil,
        int tries,
        @Nullable Long providerMs,
        @Nullable String detail) {

    /** How long it waited in its lane before it was first tried. */
    @JsonProperty
    public @Nullable Long queueWaitMs() {
        return between(queuedAt, firstAttemptAt);
    }

    /** From its lane's entry to its end. */
    @JsonProperty
    public @Nullable Long endToEndMs() {
        return between(queuedAt, endedAt);
    }

    private static @Nullable Long between(Instant from, @Nullable Instant to) {
        return to == null ? null : Duration.between(from, to).toMillis();
    }

    /** What names a delivery. */
    record Key(String notificationId, String channel, String replay) {
        static Key of(LaneEvent event) {
            return new Key(event.notificationId(), event.channel(), event.replay());
        }
    }

    /** The events by delivery; both in the order they were given. */
    static Map<Key, List<LaneEvent>> group(List<LaneEvent> events) {
        var groups = new LinkedHashMap<Key, List<LaneEvent>>();
        events.forEach(event ->
                groups.computeIfAbsent(Key.of(event), key -> new ArrayList<>()).add(event));
        return groups;
    }

    /** @param events of one delivery, in order, not none */
    static Delivery of(List<LaneEvent> events) {
        var first = events.get(0);
        var last = events.get(events.size() - 1);
        Instant firstAttempt = null;
        Long provider = null;
        String from = null;
        String detail = null;
        int tries = 0;
        for (var event : events) {
            var took = event.took();
            if (took != null) {
                firstAttempt = firstAttempt == null ? event.at().minusMillis(took.millis()) : firstAttempt;
                provider = took.millis();
            }
            tries = Math.max(tries, spent(event));
            from = event.from() == null ? from : event.from();
            detail = event.detail() == null ? detail : event.detail();
        }
        return new Delivery(
                last.channel(),
                last.replay(),
                last.isFinal() ? last.event() : LaneEvent.QUEUED,
                from,
                first.at(),
                firstAttempt,
                last.isFinal() ? last.at() : null,
                last.isFinal() ? null : last.until(),
                tries,
                provider,
                detail);
    }

    /** An end names the try it would have been, whether or not the provider was asked. */
    private static int spent(LaneEvent event) {
        return event.isFinal() && event.took() == null ? Math.max(0, event.attempts() - 1) : event.attempts();
    }
}
