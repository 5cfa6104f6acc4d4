package dev.mehari.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.mehari.history.LaneEvent.Took;
import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationIds;
import dev.mehari.notification.NotificationJson;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells all about one notification: what PostgreSQL has, and what still waits in Redis to be written. Thread-safe. */
public class Stories {
    private static final Comparator<LaneEvent> ORDER = Comparator.comparing(LaneEvent::at)
            .thenComparing(LaneEvent::channel)
            .thenComparing(LaneEvent::place);

    private final Database database;
    private final EventStreams streams;

    Stories(Database database, EventStreams streams) {
        this.database = database;
        this.streams = streams;
    }

    /**
     * Empty when nothing is known of such a notification.
     *
     * @throws HistoryAway nothing is found, but PostgreSQL is not reached, or more waits in Redis than was looked through
     */
    public Optional<Story> of(String id) {
        if (!NotificationIds.isId(id)) {
            return Optional.empty();
        }
        var waiting = streams.about(id, NotificationIds.madeAt(id));
        try {
            var told = database.ask(jdbc -> jdbc.query("SELECT * FROM notifications WHERE id = ?", Stories::kept, id));
            var events = events(id);
            events.addAll(waiting.events());
            if (told.isEmpty() && events.isEmpty() && !waiting.all()) {
                throw HistoryAway.late();
            }
            return story(told.isEmpty() ? told(waiting.events()) : told.get(0), events, waiting.all());
        } catch (HistoryAway away) {
            if (waiting.events().isEmpty()) {
                throw away;
            }
            return story(told(waiting.events()), waiting.events(), false);
        }
    }

    private static Optional<Story> story(Story.@Nullable Told told, List<LaneEvent> all, boolean complete) {
        if (told == null && all.isEmpty()) {
            return Optional.empty();
        }
        var once = new TreeMap<String, LaneEvent>();
        all.forEach(event -> once.putIfAbsent(event.channel() + " " + event.place(), event));
        var events = once.values().stream().sorted(ORDER).toList();
        var deliveries = Delivery.group(events).values().stream()
                .map(its -> new Story.Tried(Delivery.of(its), attempts(its)))
                .toList();
        return Optional.of(
                new Story(told, deliveries, events.stream().map(Stories::shown).toList(), complete));
    }

    private List<LaneEvent> events(String id) {
        return new ArrayList<>(
                database.ask(jdbc -> jdbc.query("SELECT * FROM events WHERE notification_id = ?", Stories::event, id)));
    }

    static LaneEvent event(ResultSet row, int number) throws SQLException {
        return new LaneEvent(
                row.getString("channel"),
                new Place(row.getLong("event_ms"), row.getLong("event_seq")),
                row.getString("event"),
                row.getString("notification_id"),
                row.getString("replay"),
                row.getTimestamp("at").toInstant(),
                row.getString("diverted_from"),
                row.getInt("attempts"),
                instant(row.getTimestamp("held_until")),
                Took.of(row.getString("took")),
                row.getString("detail"),
                null);
    }

    private static Story.Told kept(ResultSet row, int number) throws SQLException {
        return new Story.Told(
                row.getString("id"),
                row.getString("type"),
                row.getString("title"),
                row.getString("text"),
                json(row.getString("data")),
                row.getString("priority"),
                row.getString("recipient"),
                row.getString("source"),
                row.getString("trace_id"),
                row.getString("dedupe_key"),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("expires_at")),
                json(row.getString("attachments")),
                instant(row.getTimestamp("expunged_at")));
    }

    private static Story.@Nullable Told told(List<LaneEvent> waiting) {
        return waiting.stream()
                .map(LaneEvent::notification)
                .filter(Objects::nonNull)
                .findFirst()
                .map(Stories::told)
                .orElse(null);
    }

    private static Story.Told told(Notification one) {
        return new Story.Told(
                one.id(),
                one.type(),
                one.title(),
                one.text(),
                one.data(),
                one.priority().toString(),
                one.recipient(),
                one.source(),
                one.traceId(),
                one.dedupeKey(),
                one.createdAt(),
                one.expiresAt(),
                one.attachments().stream().map(LaneTables::view).toList(),
                null);
    }

    private static List<Story.Attempt> attempts(List<LaneEvent> events) {
        var attempts = new ArrayList<Story.Attempt>();
        for (var event : events) {
            var took = event.took();
            if (took != null) {
                var at = event.at().minusMillis(took.millis());
                attempts.add(new Story.Attempt(at, took.millis(), took.outcome(), took.status(), event.detail()));
            }
        }
        return attempts;
    }

    private static Story.Event shown(LaneEvent event) {
        var more = new LinkedHashMap<String, Object>();
        putIfKnown(more, "divertedFrom", event.from());
        putIfKnown(more, "heldUntil", event.until());
        return new Story.Event(event.at(), event.channel(), event.replay(), event.event(), event.detail(), more);
    }

    private static void putIfKnown(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }

    static Object json(@Nullable String text) {
        try {
            return text == null ? Map.of() : NotificationJson.MAPPER.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
