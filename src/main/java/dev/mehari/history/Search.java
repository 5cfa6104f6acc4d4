package dev.mehari.history;

import dev.mehari.notification.NotificationIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Finds notifications, newest first. Thread-safe; throws {@link HistoryAway}. */
public class Search {
    /** A shorter text has no trigram, and would be looked for in every row. */
    public static final int SHORTEST_TEXT = 3;

    private static final String COLUMNS =
            "n.id, n.type, n.title, n.text, n.priority, n.recipient, n.source, n.trace_id, n.created_at";

    private final Database database;

    Search(Database database) {
        this.database = database;
    }

    /**
     * What is looked for; null leaves a filter out.
     *
     * @param type a type's name, or its beginning followed by {@code *}
     * @param text anywhere in title, text and what the fields of data hold; case does not matter
     * @param data a JSON object that the notification's data holds
     * @param from not older than this
     * @param to older than this
     * @param before only those that come after this one on the page: the cursor
     */
    public record Query(
            @Nullable String type,
            @Nullable String channel,
            @Nullable String state,
            @Nullable String source,
            @Nullable String recipient,
            @Nullable String traceId,
            @Nullable String text,
            @Nullable String data,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String before,
            int limit) {}

    /** Where one stands: a delivery in short. */
    public record Stand(String channel, String state) {}

    /** @param text the first 200 characters */
    public record Hit(
            String id,
            String type,
            @Nullable String title,
            @Nullable String text,
            String priority,
            @Nullable String recipient,
            String source,
            String traceId,
            Instant createdAt,
            List<Stand> deliveries) {}

    /** @param cursor asks for the next page; null on the last one */
    public record Page(List<Hit> notifications, @Nullable String cursor) {}

    public Page find(Query query) {
        return database.ask(jdbc -> find(jdbc, query));
    }

    private static Page find(JdbcTemplate jdbc, Query query) {
        var statement = statement(query);
        var hits = jdbc.query(statement.sql(), Search::hit, statement.values().toArray());
        boolean more = hits.size() > query.limit();
        var shown = more ? hits.subList(0, query.limit()) : hits;
        var stands = stands(jdbc, shown);
        var page = shown.stream().map(hit -> with(hit, stands)).toList();
        return new Page(page, more ? page.get(page.size() - 1).id() : null);
    }

    record Statement(String sql, List<Object> values) {}

    static Statement statement(Query query) {
        var values = new ArrayList<>();
        var where = new ArrayList<String>();
        filter(where, values, "n.id < ?", query.before());
        filter(where, values, "n.id >= ?", query.from() == null ? null : NotificationIds.lowestAt(query.from()));
        filter(where, values, "n.id < ?", query.to() == null ? null : NotificationIds.lowestAt(query.to()));
        var type = query.type();
        if (type != null && type.endsWith("*")) {
            filter(where, values, "n.type LIKE ?", escaped(type.substring(0, type.length() - 1)) + "%");
        } else {
            filter(where, values, "n.type = ?", type);
        }
        filter(where, values, "n.source = ?", query.source());
        filter(where, values, "n.recipient = ?", query.recipient());
        filter(where, values, "n.trace_id = ?", query.traceId());
        filter(where, values, "n.data @> ?::jsonb", query.data());
        filter(where, values, "n.search ILIKE ?", query.text() == null ? null : "%" + escaped(query.text()) + "%");
        delivered(where, values, query);
        values.add(query.limit() + 1);
        var condition = where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where);
        return new Statement(
                "SELECT " + COLUMNS + " FROM notifications n" + condition + " ORDER BY n.id DESC LIMIT ?", values);
    }

    private static void delivered(List<String> where, List<Object> values, Query query) {
        var of = new ArrayList<String>();
        filter(of, values, "d.channel = ?", query.channel());
        filter(of, values, "d.state = ?", query.state());
        if (!of.isEmpty()) {
            where.add("EXISTS (SELECT 1 FROM deliveries d WHERE d.notification_id = n.id AND "
                    + String.join(" AND ", of) + ")");
        }
    }

    private static void filter(List<String> where, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            where.add(condition);
            values.add(value instanceof String text ? String.valueOf(Storable.text(text)) : value);
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static Hit hit(ResultSet row, int number) throws SQLException {
        return new Hit(
                row.getString("id"),
                row.getString("type"),
                row.getString("title"),
                shortened(row.getString("text")),
                row.getString("priority"),
                row.getString("recipient"),
                row.getString("source"),
                row.getString("trace_id"),
                row.getTimestamp("created_at").toInstant(),
                List.of());
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.codePointCount(0, text.length()) <= 200
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 200)) + "…";
    }

    private static Map<String, List<Stand>> stands(JdbcTemplate jdbc, List<Hit> hits) {
        var stands = new HashMap<String, List<Stand>>();
        var ids = hits.stream().map(Hit::id).toArray(String[]::new);
        jdbc.query(
                "SELECT notification_id, channel, state FROM deliveries WHERE notification_id = ANY(?)"
                        + " ORDER BY notification_id, queued_at",
                row -> {
                    stands.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                            .add(new Stand(row.getString(2), row.getString(3)));
                },
                (Object) ids);
        return stands;
    }

    private static Hit with(Hit hit, Map<String, List<Stand>> stands) {
        return new Hit(
                hit.id(),
                hit.type(),
                hit.title(),
                hit.text(),
                hit.priority(),
                hit.recipient(),
                hit.source(),
                hit.traceId(),
                hit.createdAt(),
                stands.getOrDefault(hit.id(), List.of()));
    }
}
