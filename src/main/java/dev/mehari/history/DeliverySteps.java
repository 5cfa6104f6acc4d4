package dev.mehari.history;

import dev.mehari.history.DeliveryWatcher.Request;
import dev.mehari.history.DeliveryWatcher.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a watcher of events that were written, with what the tables know of their notifications. One thread. */
final class DeliverySteps {
    private static final Logger LOG = LoggerFactory.getLogger(DeliverySteps.class);
    private static final String KNOWN = """
            SELECT n.id, n.type, n.source, n.trace_id, n.created_at, d.replay, d.queued_at
            FROM notifications n JOIN deliveries d ON d.notification_id = n.id
            WHERE n.id = ANY(?) AND d.channel = ?""";

    private final Database database;
    private final @Nullable DeliveryWatcher watcher;

    /** @param watcher null when nobody watches; then nothing is asked */
    DeliverySteps(Database database, @Nullable DeliveryWatcher watcher) {
        this.database = database;
        this.watcher = watcher;
    }

    private record Known(String type, String source, String traceId, Instant acceptedAt, Instant queuedAt) {}

    /** Never fails: what a watcher misses is no reason to write it again. */
    void tell(String channel, List<LaneEvent> events) {
        if (watcher == null || events.isEmpty()) {
            return;
        }
        try {
            var known = known(channel, events);
            watcher.happened(events.stream()
                    .map(event -> step(event, known.get(key(event.notificationId(), event.replay()))))
                    .filter(Objects::nonNull)
                    .toList());
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} events of channel {} are in the history, but not in the traces: {}",
                    events.size(),
                    channel,
                    e.toString());
        }
    }

    private Map<String, Known> known(String channel, List<LaneEvent> events) {
        var ids = events.stream().map(LaneEvent::notificationId).distinct().toArray(String[]::new);
        var known = new HashMap<String, Known>();
        database.ask(jdbc -> {
            jdbc.query(
                    KNOWN,
                    row -> {
                        known.put(key(row.getString("id"), row.getString("replay")), known(row));
                    },
                    ids,
                    channel);
            return known;
        });
        return known;
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                row.getString("type"),
                row.getString("source"),
                row.getString("trace_id"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("queued_at").toInstant());
    }

    private static String key(String id, String replay) {
        return id + "~" + replay;
    }

    private static @Nullable Step step(LaneEvent event, @Nullable Known known) {
        if (known == null) {
            return null;
        }
        var took = event.took();
        return new Step(
                event.notificationId(),
                known.type(),
                known.source(),
                known.traceId(),
                known.acceptedAt(),
                event.channel(),
                event.place().toString(),
                event.replay(),
                event.from(),
                event.event(),
                known.queuedAt(),
                event.at(),
                event.attempts(),
                took == null ? null : new Request(took.outcome(), took.status(), took.millis()),
                event.detail());
    }
}
