package dev.mehari.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationIds;
import dev.mehari.notification.NotificationJson;
import dev.mehari.notification.Priority;
import java.io.UncheckedIOException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What came in over a time, page by page, so that any number fits in memory. Thread-safe. */
public class Traffic {
    private static final int PAGE = 1_000;
    /** Copies for a fallback channel and replays did not come from the router. */
    private static final String SQL = """
            SELECT n.*, ARRAY(SELECT d.channel FROM deliveries d WHERE d.notification_id = n.id AND d.replay = ''
              AND d.diverted_from IS NULL ORDER BY d.queued_at, d.channel) AS channels
            FROM (SELECT * FROM notifications WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT %d) n
            ORDER BY n.id DESC""".formatted(PAGE);

    private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

    private final Database database;

    Traffic(Database database) {
        this.database = database;
    }

    /**
     * A notification as it is kept, its attachments left out.
     *
     * @param whole false when its content was taken away, by age or on request
     * @param channels where it went at first
     */
    public record Passed(Notification notification, boolean whole, List<String> channels) {}

    /**
     * Newest first, until there is no more or the visitor has had enough and answers false.
     *
     * @throws HistoryAway it cannot be asked now
     */
    public void visit(Instant from, Instant to, Predicate<Passed> visitor) {
        var lowest = NotificationIds.lowestAt(from);
        var before = NotificationIds.lowestAt(to);
        while (true) {
            var below = before;
            var page = database.askAtLength(jdbc -> jdbc.query(SQL, Traffic::passed, lowest, below));
            for (var one : page) {
                if (!visitor.test(one)) {
                    return;
                }
            }
            if (page.size() < PAGE) {
                return;
            }
            before = page.get(page.size() - 1).notification().id();
        }
    }

    private static Passed passed(ResultSet row, int number) throws SQLException {
        var notification = new Notification(
                row.getString("id"),
                row.getString("type"),
                row.getString("title"),
                row.getString("text"),
                data(row.getString("data")),
                Priority.of(row.getString("priority")),
                row.getString("recipient"),
                row.getString("source"),
                row.getString("trace_id"),
                row.getString("dedupe_key"),
                row.getTimestamp("created_at").toInstant(),
                Stories.instant(row.getTimestamp("expires_at")),
                List.of());
        return new Passed(notification, row.getTimestamp("expunged_at") == null, channels(row.getArray("channels")));
    }

    private static List<String> channels(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private static Map<String, Object> data(String json) {
        try {
            return NotificationJson.MAPPER.readValue(json, DATA);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
