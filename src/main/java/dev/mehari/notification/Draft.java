package dev.mehari.notification;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a producer asked for, understood and valid, before the gateway gave it an identity. Immutable.
 *
 * @param priority null when the producer named none: the type's default holds
 * @param channel a channel the producer chose himself, past the router; null for most
 */
public record Draft(
        String type,
        @Nullable String title,
        @Nullable String text,
        Map<String, Object> data,
        @Nullable Priority priority,
        @Nullable String recipient,
        @Nullable String traceId,
        @Nullable String dedupeKey,
        @Nullable Instant expiresAt,
        @Nullable String channel,
        List<Attachment> attachments) {

    /** The same draft with the producer's idempotency key and trace from outside the body, where the body has none. */
    public Draft withDefaults(@Nullable String outerDedupeKey, @Nullable String outerTraceId) {
        return new Draft(
                type,
                title,
                text,
                data,
                priority,
                recipient,
                traceId != null ? traceId : outerTraceId,
                dedupeKey != null ? dedupeKey : outerDedupeKey,
                expiresAt,
                channel,
                attachments);
    }

    /** Gives the draft its identity. */
    public Notification stamp(String id, String source, String trace, Priority defaultPriority, Instant now) {
        return new Notification(
                id,
                type,
                title,
                text,
                data,
                priority == null ? defaultPriority : priority,
                recipient,
                source,
                trace,
                dedupeKey,
                now,
                expiresAt,
                attachments);
    }
}
