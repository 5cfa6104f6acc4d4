package dev.mehari.content;

import dev.mehari.notification.Notification;
import dev.mehari.testkit.NotificationBuilder;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notifications for tests of content. */
final class Notifications {

    static final Instant CREATED = Instant.parse("2026-05-01T12:00:00Z");

    private Notifications() {}

    static Notification of(String type, @Nullable String title, @Nullable String text, Map<String, Object> data) {
        return NotificationBuilder.of(type)
                .id("01J")
                .title(title)
                .text(text)
                .data(data)
                .source("http")
                .traceId("trace-1")
                .createdAt(CREATED)
                .build();
    }
}
