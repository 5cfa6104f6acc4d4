package dev.mehari.history;

import dev.mehari.notification.Attachment;
import dev.mehari.notification.Notification;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes lane events into notifications, deliveries and events. Every statement may be repeated, also with other
 * neighbours: rows are named by what they are about, and a delivery takes only news.
 */
final class LaneTables {
    private static final int SEARCHED = 8_000;
    private static final String NOTIFICATION = """
            INSERT INTO notifications (id, type, title, text, data, priority, recipient, source, trace_id, dedupe_key,
              created_at, expires_at, attachments, search)
            VALUES (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
            ON CONFLICT (id) DO NOTHING""";
    private static final String EVENT = """
            INSERT INTO events (channel, event_ms, event_seq, notification_id, replay, event, at, diverted_from, attempts,
              held_until, took, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (channel, event_ms, event_seq) DO NOTHING""";
    private static final String DELIVERY = """
            INSERT INTO deliveries AS old (notification_id, channel, replay, type, state, diverted_from, queued_at,
              first_attempt_at, ended_at, held_until, attempts, provider_ms, detail, last_ms, last_seq)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (notification_id, channel, replay) DO UPDATE SET
              type = COALESCE(old.type, EXCLUDED.type),
              state = EXCLUDED.state,
              diverted_from = COALESCE(old.diverted_from, EXCLUDED.diverted_from),
              first_attempt_at = COALESCE(old.first_attempt_at, EXCLUDED.first_attempt_at),
              ended_at = EXCLUDED.ended_at,
              held_until = EXCLUDED.held_until,
              attempts = GREATEST(old.attempts, EXCLUDED.attempts),
              provider_ms = COALESCE(EXCLUDED.provider_ms, old.provider_ms),
              detail = COALESCE(EXCLUDED.detail, old.detail),
              last_ms = EXCLUDED.last_ms,
              last_seq = EXCLUDED.last_seq
            WHERE (old.last_ms, old.last_seq) < (EXCLUDED.last_ms, EXCLUDED.last_seq)""";

    private final Clock clock;

    LaneTables(Clock clock) {
        this.clock = clock;
    }

    /** @param events of one stream, in order */
    void write(JdbcTemplate jdbc, List<LaneEvent> events) {
        writeNotifications(jdbc, events, true);
        batch(jdbc, EVENT, events, LaneTables::event);
        var deliveries = List.copyOf(Delivery.group(events).entrySet());
        batch(jdbc, DELIVERY, deliveries, LaneTables::delivery);
    }

    /** Writes one event whose content PostgreSQL refuses: all of it, less the content. */
    void writeBare(JdbcTemplate jdbc, LaneEvent event) {
        writeNotifications(jdbc, List.of(event), false);
        batch(jdbc, EVENT, List.of(event), LaneTables::event);
        batch(jdbc, DELIVERY, List.copyOf(Delivery.group(List.of(event)).entrySet()), LaneTables::delivery);
    }

    private void writeNotifications(JdbcTemplate jdbc, List<LaneEvent> events, boolean content) {
        var notifications = new LinkedHashMap<String, Notification>();
        for (var event : events) {
            var notification = event.notification();
            if (notification != null) {
                notifications.putIfAbsent(notification.id(), notification);
            }
        }
        batch(jdbc, NOTIFICATION, List.copyOf(notifications.values()), (row, one) -> notification(row, one, content));
        if (!content) {
            var now = timestamp(clock.instant());
            notifications
                    .keySet()
                    .forEach(id -> jdbc.update("UPDATE notifications SET expunged_at = ? WHERE id = ?", now, id));
        }
    }

    private interface Binder<T> {
        void bind(PreparedStatement row, T value) throws SQLException;
    }

    private static <T> void batch(JdbcTemplate jdbc, String sql, List<T> values, Binder<T> binder) {
        if (!values.isEmpty()) {
            jdbc.batchUpdate(sql, values, 500, binder::bind);
        }
    }

    private static void notification(PreparedStatement row, Notification one, boolean content) throws SQLException {
        var title = content ? Storable.text(one.title()) : null;
        var text = content ? Storable.text(one.text()) : null;
        var data = content ? Storable.json(one.data()) : "{}";
        row.setString(1, one.id());
        row.setString(2, Storable.key(one.type()));
        row.setString(3, title);
        row.setString(4, text);
        row.setString(5, data);
        row.setString(6, one.priority().toString());
        row.setString(7, Storable.key(one.recipient()));
        row.setString(8, Storable.key(one.source()));
        row.setString(9, Storable.key(one.traceId()));
        row.setString(10, Storable.key(one.dedupeKey()));
        row.setTimestamp(11, timestamp(one.createdAt()));
        row.setTimestamp(12, timestamp(one.expiresAt()));
        row.setString(
                13,
                Storable.json(one.attachments().stream().map(LaneTables::view).toList()));
        row.setString(14, content ? search(title, text, one.data()) : "");
    }

    /** Of data only what its fields hold: their names, the same in each message of a type, are half of what an index would take. */
    private static String search(@Nullable String title, @Nullable String text, Map<String, Object> data) {
        var all = new StringBuilder(Objects.requireNonNullElse(title, ""))
                .append('\n')
                .append(Objects.requireNonNullElse(text, ""));
        appendValues(all, data);
        return Objects.requireNonNull(Storable.atMost(SEARCHED, all.toString()));
    }

    private static void appendValues(StringBuilder all, @Nullable Object value) {
        switch (value) {
            case Map<?, ?> map -> map.values().forEach(inner -> appendValues(all, inner));
            case Iterable<?> items -> items.forEach(item -> appendValues(all, item));
            case null -> {}
            default -> all.append('\n').append(value);
        }
    }

    static Map<String, Object> view(Attachment attachment) {
        var content = attachment.content();
        return Map.of(
                "name", attachment.name(),
                "contentType", attachment.contentType(),
                "bytes", content == null ? 0 : content.length);
    }

    private static void event(PreparedStatement row, LaneEvent event) throws SQLException {
        var took = event.took();
        row.setString(1, event.channel());
        row.setLong(2, event.place().millis());
        row.setLong(3, event.place().number());
        row.setString(4, event.notificationId());
        row.setString(5, event.replay());
        row.setString(6, event.event());
        row.setTimestamp(7, timestamp(event.at()));
        row.setString(8, event.from());
        row.setInt(9, event.attempts());
        row.setTimestamp(10, timestamp(event.until()));
        row.setString(11, took == null ? null : took.text());
        row.setString(12, Storable.text(event.detail()));
    }

    private static void delivery(PreparedStatement row, Map.Entry<Delivery.Key, List<LaneEvent>> entry)
            throws SQLException {
        var key = entry.getKey();
        var events = entry.getValue();
        var delivery = Delivery.of(events);
        var last = newest(events.get(events.size() - 1));
        row.setString(1, key.notificationId());
        row.setString(2, key.channel());
        row.setString(3, key.replay());
        row.setString(4, type(events));
        row.setString(5, delivery.state());
        row.setString(6, delivery.divertedFrom());
        row.setTimestamp(7, timestamp(delivery.queuedAt()));
        row.setTimestamp(8, timestamp(delivery.firstAttemptAt()));
        row.setTimestamp(9, timestamp(delivery.endedAt()));
        row.setTimestamp(10, timestamp(delivery.heldUntil()));
        row.setInt(11, delivery.tries());
        row.setObject(12, delivery.providerMs(), java.sql.Types.BIGINT);
        row.setString(13, Storable.text(delivery.detail()));
        row.setLong(14, last.millis());
        row.setLong(15, last.number());
    }

    /** That it was put is the oldest news there is of a delivery, whatever clock it has its place from. */
    private static Place newest(LaneEvent last) {
        return last.event().equals(LaneEvent.QUEUED) ? Place.FIRST : last.place();
    }

    private static @Nullable String type(List<LaneEvent> events) {
        return events.stream()
                .map(LaneEvent::notification)
                .filter(Objects::nonNull)
                .map(notification -> Storable.key(notification.type()))
                .findFirst()
                .orElse(null);
    }

    static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
