package dev.mehari.testkit;

import dev.mehari.notification.Attachment;
import dev.mehari.notification.Notification;
import dev.mehari.notification.Priority;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A notification that says only what its test is about. For one thread. */
public final class NotificationBuilder {
    private final String type;
    private String id = "01jd4y0000000000000000000a";
    private @Nullable String title;
    private @Nullable String text;
    private Map<String, Object> data = Map.of();
    private Priority priority = Priority.NORMAL;
    private @Nullable String recipient;
    private String source = "test";
    private String traceId = "trace";
    private Instant createdAt = Instant.EPOCH;
    private @Nullable Instant expiresAt;
    private List<Attachment> attachments = List.of();

    private NotificationBuilder(String type) {
        this.type = type;
    }

    public static NotificationBuilder of(String type) {
        return new NotificationBuilder(type);
    }

    public NotificationBuilder id(String id) {
        this.id = id;
        return this;
    }

    public NotificationBuilder title(@Nullable String title) {
        this.title = title;
        return this;
    }

    public NotificationBuilder text(@Nullable String text) {
        this.text = text;
        return this;
    }

    public NotificationBuilder data(Map<String, Object> data) {
        this.data = data;
        return this;
    }

    public NotificationBuilder priority(Priority priority) {
        this.priority = priority;
        return this;
    }

    public NotificationBuilder recipient(@Nullable String recipient) {
        this.recipient = recipient;
        return this;
    }

    public NotificationBuilder source(String source) {
        this.source = source;
        return this;
    }

    public NotificationBuilder traceId(String traceId) {
        this.traceId = traceId;
        return this;
    }

    public NotificationBuilder createdAt(Instant createdAt) {
        this.createdAt = createdAt;
        return this;
    }

    public NotificationBuilder expiresAt(@Nullable Instant expiresAt) {
        this.expiresAt = expiresAt;
        return this;
    }

    public NotificationBuilder attachments(List<Attachment> attachments) {
        this.attachments = attachments;
        return this;
    }

    public Notification build() {
        return new Notification(
                id,
                type,
                title,
                text,
                data,
                priority,
                recipient,
                source,
                traceId,
                null,
                createdAt,
                expiresAt,
                attachments);
    }
}
