package dev.mehari.history;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one notification.
 *
 * @param notification null when only what happened to it is known
 * @param complete false while PostgreSQL is away, when only what still waits in Redis is told; and while so much waits there
 *     that not all of it was looked through
 */
public record Story(@Nullable Told notification, List<Tried> deliveries, List<Event> events, boolean complete) {

    /** A delivery with its attempts. */
    public record Tried(@JsonUnwrapped Delivery delivery, List<Attempt> attempts) {}

    /** A notification as it is kept: attachments without their content. */
    public record Told(
            String id,
            String type,
            @Nullable String title,
            @Nullable String text,
            Object data,
            String priority,
            @Nullable String recipient,
            String source,
            String traceId,
            @Nullable String dedupeKey,
            Instant createdAt,
            @Nullable Instant expiresAt,
            Object attachments,
            @Nullable Instant expungedAt) {}

    /** A request to the provider, begun at the instant. */
    public record Attempt(
            Instant at,
            long durationMs,
            String outcome,
            @Nullable Integer status,
            @Nullable String detail) {}

    public record Event(
            Instant at,
            String channel,
            String replay,
            String event,
            @Nullable String detail,
            Map<String, Object> more) {}
}
