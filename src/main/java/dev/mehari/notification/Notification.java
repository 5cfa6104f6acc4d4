package dev.mehari.notification;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The canonical message. Immutable and safe to share between threads; {@code data} holds what JSON holds (maps, lists,
 * strings, numbers, booleans, null).
 *
 * @param id time-ordered identifier made by the gateway, unique for ever
 * @param type dotted lower-case name, {@code trade.opened}; what the router looks at first
 * @param recipient the person or key a channel may order by, when there is one
 * @param source the door it came through: {@code http}, {@code redis}, {@code report}, ...
 * @param traceId ties the message to its cause in other systems' logs
 * @param dedupeKey the producer's own name for this message: the same key within 24 h is the same message
 * @param expiresAt after this instant nobody wants it any more
 */
public record Notification(
        String id,
        String type,
        @Nullable String title,
        @Nullable String text,
        Map<String, Object> data,
        Priority priority,
        @Nullable String recipient,
        String source,
        String traceId,
        @Nullable String dedupeKey,
        Instant createdAt,
        @Nullable Instant expiresAt,
        List<Attachment> attachments) {}
