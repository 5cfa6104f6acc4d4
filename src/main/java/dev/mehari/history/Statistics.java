package dev.mehari.history;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of deliveries over time, and how long they took. Thread-safe; throws {@link HistoryAway}. */
public class Statistics {
    private static final List<String> STATES =
            List.of("queued", "delivered", "diverted", "dead", "expired", "suppressed");

    private final Database database;

    Statistics(Database database) {
        this.database = database;
    }

    /** How wide a bucket is; all begin at full minutes, hours or days of UTC. */
    public enum By {
        MINUTE(Duration.ofMinutes(1)),
        HOUR(Duration.ofHours(1)),
        DAY(Duration.ofDays(1));

        private final Duration width;

        By(Duration width) {
            this.width = width;
        }

        public Duration width() {
            return width;
        }
    }

    /** Milliseconds; null when nothing was measured. */
    public record Percentiles(
            @Nullable Long p50,
            @Nullable Long p95,
            @Nullable Long p99) {}

    /**
     * The deliveries that were queued in one span of time, as they stand now.
     *
     * @param queueWaitMs from the lane's entry to the first request
     * @param providerMs the last request to the provider
     * @param endToEndMs from the lane's entry to the end, of those delivered
     */
    public record Bucket(
            Instant at,
            long deliveries,
            Map<String, Long> states,
            Percentiles queueWaitMs,
            Percentiles providerMs,
            Percentiles endToEndMs) {}

    /** Whether it can be asked, or never can because the history is off; false while PostgreSQL is not reached yet. */
    public boolean settled() {
        return !database.enabled() || database.ready();
    }

    /** @param channel null for all; likewise the type */
    public List<Bucket> over(By by, Instant from, Instant to, @Nullable String channel, @Nullable String type) {
        var values = new ArrayList<>();
        values.add(by.width().toSeconds() + " seconds");
        values.add(Timestamp.from(from));
        values.add(Timestamp.from(to));
        var where = new StringBuilder();
        if (channel != null) {
            where.append(" AND channel = ?");
            values.add(channel);
        }
        if (type != null) {
            where.append(" AND type = ?");
            values.add(type);
        }
        var sql = "SELECT date_bin(?::interval, queued_at, 'epoch'::timestamptz) AS at, count(*) AS deliveries"
                + counts()
                + percentiles("queue_wait_ms", "")
                + percentiles("provider_ms", "")
                + percentiles("end_to_end_ms", " FILTER (WHERE state = 'delivered')")
                + " FROM deliveries WHERE queued_at >= ? AND queued_at < ?" + where + " GROUP BY 1 ORDER BY 1";
        return database.askAtLength(jdbc -> jdbc.query(sql, Statistics::bucket, values.toArray()));
    }

    private static String counts() {
        var counts = new StringBuilder();
        STATES.forEach(state -> counts.append(", count(*) FILTER (WHERE state = '%1$s') AS %1$s".formatted(state)));
        return counts.toString();
    }

    private static String percentiles(String column, String filter) {
        return ", percentile_disc(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY " + column + ")" + filter + " AS "
                + column;
    }

    private static Bucket bucket(ResultSet row, int number) throws SQLException {
        var states = new LinkedHashMap<String, Long>();
        for (var state : STATES) {
            long count = row.getLong(state);
            if (count > 0) {
                states.put(state, count);
            }
        }
        return new Bucket(
                row.getTimestamp("at").toInstant(),
                row.getLong("deliveries"),
                states,
                percentiles(row.getArray("queue_wait_ms")),
                percentiles(row.getArray("provider_ms")),
                percentiles(row.getArray("end_to_end_ms")));
    }

    private static Percentiles percentiles(@Nullable Array array) throws SQLException {
        if (array == null) {
            return new Percentiles(null, null, null);
        }
        var values = (Long[]) array.getArray();
        return new Percentiles(values[0], values[1], values[2]);
    }
}
