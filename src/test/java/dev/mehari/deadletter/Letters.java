package dev.mehari.deadletter;

import dev.mehari.notification.Notification;
import dev.mehari.testkit.NotificationBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Letters for tests. */
final class Letters {
    private Letters() {}

    static DeadLetter of(String id, String channel, DeadReason reason, Instant diedAt) {
        return of(id, channel, reason, "trade.opened", diedAt);
    }

    static DeadLetter of(String id, String channel, DeadReason reason, String type, Instant diedAt) {
        return DeadLetter.of(notification(id, type), channel, reason, "HTTP 503", 8, diedAt);
    }

    static Notification notification(String id, String type) {
        return NotificationBuilder.of(type)
                .id(id)
                .title("Opened \"BTC\" \\ ,\"attempts\":")
                .data(Map.of("pnl", 12.5, "tags", List.of("a", "b")))
                .recipient("bob")
                .source("http")
                .traceId("trace-" + id)
                .createdAt(Instant.parse("2026-11-20T11:00:00Z"))
                .build();
    }
}
