package dev.mehari.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told what happened to deliveries, after it was written; after a crash perhaps twice. Must return at once. */
@FunctionalInterface
public interface DeliveryWatcher {

    /**
     * One thing that happened to one delivery.
     *
     * @param place names it among all of its channel
     * @param replay the mark of the replay; empty for the first time
     * @param divertedFrom the channel this copy stands in for
     * @param event queued, held, or the final state
     * @param queuedAt when the delivery came into its lane
     * @param took the request to the provider that led to it; null when there was none
     */
    record Step(
            String notificationId,
            String type,
            String source,
            String traceId,
            Instant acceptedAt,
            String channel,
            String place,
            String replay,
            @Nullable String divertedFrom,
            String event,
            Instant queuedAt,
            Instant at,
            int attempts,
            @Nullable Request took,
            @Nullable String detail) {

        public boolean isFinal() {
            return !event.equals(LaneEvent.QUEUED) && !event.equals(LaneEvent.HELD);
        }
    }

    /** A request to a provider. */
    record Request(String outcome, @Nullable Integer status, long millis) {}

    void happened(List<Step> steps);
}
