package dev.mehari.content;

import dev.mehari.notification.Notification;
import dev.mehari.notification.Priority;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notifications for tests of content. */
final class Notifications {

    static final Instant CREATED = Instant.parse("2026-05-01T12:00:00Z");

    private Notifications() {}

    static Notification of(String type, @Nullable String title, @Nullable String text, Map<String, Object> data) {
        return new Notification(
                "01J",
                type,
                title,
                text,
                data,
                Priority.NORMAL,
                null,
                "http",
                "trace-1",
                null,
                CREATED,
                null,
                List.of());
    }
}
