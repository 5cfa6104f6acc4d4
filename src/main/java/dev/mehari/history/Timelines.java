package dev.mehari.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What happened under one trace id, from every component, in the order it happened. Thread-safe. */
public class Timelines {
    private static final int MOST = 2_000;
    private static final List<String> DURATIONS =
            List.of("durationMs", "duration_ms", "elapsedMs", "elapsed_ms", "latency_ms", "latencyMs", "took_ms");

    private final Database database;
    private final EventStreams streams;
    private final Slowness slowness;
    private final Clock clock;

    Timelines(Database database, EventStreams streams, Slowness slowness, Clock clock) {
        this.database = database;
        this.streams = streams;
        this.slowness = slowness;
        this.clock = clock;
    }

    private record Found(
            Instant at,
            String component,
            String event,
            @Nullable String detail,
            @Nullable String slow) {}

    /**
     * Empty when nothing is known of the trace.
     *
     * @throws HistoryAway it cannot be asked now, or is late and knows nothing of the trace yet
     */
    public List<Step> of(String traceId) {
        var found = database.ask(jdbc -> Stream.of(
                        webhooks(jdbc, traceId),
                        notifications(jdbc, traceId),
                        events(jdbc, traceId),
                        logLines(jdbc, traceId))
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Found::at))
                .toList());
        if (found.isEmpty() && streams.late(clock.instant())) {
            throw HistoryAway.late();
        }
        var steps = new ArrayList<Step>(found.size());
        for (var one : found) {
            long offset = Duration.between(found.get(0).at(), one.at()).toMillis();
            steps.add(new Step(one.at(), offset, one.component(), one.event(), one.detail(), one.slow()));
        }
        return steps;
    }

    private static List<Found> webhooks(JdbcTemplate jdbc, String traceId) {
        return jdbc.query(
                "SELECT at, source FROM webhooks_raw WHERE trace_id = ? ORDER BY at LIMIT " + MOST,
                (row, number) ->
                        new Found(row.getTimestamp(1).toInstant(), "webhook", "received", row.getString(2), null),
                traceId);
    }

    /** To the millisecond, as what comes from Redis: else a message would be queued before it was accepted. */
    private static List<Found> notifications(JdbcTemplate jdbc, String traceId) {
        return jdbc.query(
                "SELECT created_at, source, type, id FROM notifications WHERE trace_id = ? ORDER BY id LIMIT " + MOST,
                (row, number) -> new Found(
                        row.getTimestamp(1).toInstant().truncatedTo(ChronoUnit.MILLIS),
                        row.getString(2),
                        "accepted",
                        row.getString(3) + " " + row.getString(4),
                        null),
                traceId);
    }

    private List<Found> events(JdbcTemplate jdbc, String traceId) {
        var found = new ArrayList<Found>();
        jdbc.query(
                "SELECT e.*, n.created_at FROM notifications n JOIN events e ON e.notification_id = n.id"
                        + " WHERE n.trace_id = ? ORDER BY e.at, e.event_ms, e.event_seq LIMIT " + MOST,
                row -> {
                    add(found, row);
                },
                traceId);
        return found;
    }

    /** An event that a request to a provider led to is two steps: the answer, and what became of the delivery. */
    private void add(List<Found> found, ResultSet row) throws SQLException {
        var event = Stories.event(row, 0);
        var where = "channel " + event.channel();
        var took = event.took();
        if (took != null) {
            var status = took.status() == null ? "no answer" : "HTTP " + took.status();
            found.add(new Found(
                    event.at(),
                    "provider",
                    took.outcome(),
                    where + ", " + status + ", " + took.millis() + " ms",
                    slowness.provider(took.millis())));
        }
        boolean first = event.event().equals(LaneEvent.QUEUED)
                && event.from() == null
                && event.replay().isEmpty();
        long waited = Duration.between(row.getTimestamp("created_at").toInstant(), event.at())
                .toMillis();
        var detail = event.detail() == null ? where : where + ", " + event.detail();
        var from = event.from() == null ? "" : ", stands in for " + event.from();
        found.add(new Found(event.at(), "redis", event.event(), detail + from, first ? slowness.redis(waited) : null));
    }

    private List<Found> logLines(JdbcTemplate jdbc, String traceId) {
        return jdbc.query(
                "SELECT at, component, level, message, data FROM log_lines WHERE trace_id = ? ORDER BY at LIMIT "
                        + MOST,
                (row, number) -> new Found(
                        row.getTimestamp(1).toInstant(),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        slow(row.getString(2), Stories.json(row.getString(5)))),
                traceId);
    }

    private @Nullable String slow(String component, Object data) {
        if (data instanceof Map<?, ?> fields) {
            for (var name : DURATIONS) {
                if (fields.get(name) instanceof Number millis) {
                    return slowness.component(component, millis.longValue());
                }
            }
        }
        return null;
    }
}
