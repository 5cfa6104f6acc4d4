package dev.mehari.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.mehari.notification.NotificationJson;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes what {@link Records} was told, each kind into its table. Repeating it changes nothing. */
final class RecordTables {
    private static final String ONCE = " ON CONFLICT (event_ms, event_seq) DO NOTHING";

    private enum Kind {
        WEBHOOK(
                Records.WEBHOOK,
                "INSERT INTO webhooks_raw (event_ms, event_seq, at, source, trace_id, notification_id, headers, body)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)") {
            @Override
            void bind(PreparedStatement row, Map<String, String> fields) throws SQLException {
                row.setString(4, Storable.key(fields.get("source")));
                row.setString(5, Storable.key(fields.get("trace")));
                row.setString(6, Storable.key(fields.get("notification")));
                row.setString(7, json(fields.get("headers")));
                row.setString(8, json(fields.get("body")));
            }
        },
        AUDIT(
                Records.AUDIT,
                "INSERT INTO audit (event_ms, event_seq, at, who, action, status, trace_id) VALUES (?, ?, ?, ?, ?, ?, ?)") {
            @Override
            void bind(PreparedStatement row, Map<String, String> fields) throws SQLException {
                row.setString(4, Storable.text(fields.get("who")));
                row.setString(5, Storable.text(fields.get("action")));
                row.setInt(6, Integer.parseInt(fields.getOrDefault("status", "0")));
                row.setString(7, Storable.key(fields.get("trace")));
            }
        },
        CONFIGURATION(
                Records.CONFIGURATION,
                "INSERT INTO configuration_changes (event_ms, event_seq, at, file, outcome, detail) VALUES (?, ?, ?, ?, ?, ?)") {
            @Override
            void bind(PreparedStatement row, Map<String, String> fields) throws SQLException {
                row.setString(4, Storable.text(fields.get("file")));
                row.setString(5, fields.get("outcome"));
                row.setString(6, Storable.text(fields.get("detail")));
            }
        },
        LOG(
                Records.LOG,
                "INSERT INTO log_lines (event_ms, event_seq, at, component, level, trace_id, message, data)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb)") {
            @Override
            void bind(PreparedStatement row, Map<String, String> fields) throws SQLException {
                row.setString(4, Storable.text(fields.get("component")));
                row.setString(5, Storable.text(fields.get("level")));
                row.setString(6, Storable.key(fields.get("trace")));
                row.setString(7, Storable.text(fields.getOrDefault("message", "")));
                row.setString(8, json(fields.get("data")));
            }
        };

        private final String word;
        private final String insert;

        Kind(String word, String insert) {
            this.word = word;
            this.insert = insert + ONCE;
        }

        abstract void bind(PreparedStatement row, Map<String, String> fields) throws SQLException;
    }

    void write(JdbcTemplate jdbc, List<Entry> entries) {
        for (var kind : Kind.values()) {
            var rows = entries.stream()
                    .filter(entry -> kind.word.equals(entry.fields().get("kind")))
                    .toList();
            if (!rows.isEmpty()) {
                jdbc.batchUpdate(kind.insert, rows, 500, (row, entry) -> bind(kind, row, entry));
            }
        }
    }

    /** Writes one record whose content PostgreSQL refuses, less that content. */
    void writeBare(JdbcTemplate jdbc, Entry entry) {
        var fields = new LinkedHashMap<>(entry.fields());
        fields.keySet().removeAll(List.of("body", "headers", "data"));
        write(jdbc, List.of(new Entry(entry.place(), fields)));
    }

    private static void bind(Kind kind, PreparedStatement row, Entry entry) throws SQLException {
        row.setLong(1, entry.place().millis());
        row.setLong(2, entry.place().number());
        row.setTimestamp(3, new Timestamp(Long.parseLong(entry.fields().getOrDefault("at", "0"))));
        kind.bind(row, entry.fields());
    }

    /** The text as {@code jsonb} takes it; what is no JSON becomes a JSON string. */
    private static String json(@Nullable String text) {
        if (text == null) {
            return "{}";
        }
        try {
            return Storable.json(NotificationJson.MAPPER.readValue(text, Object.class));
        } catch (JsonProcessingException noJson) {
            return Storable.json(text);
        }
    }
}
