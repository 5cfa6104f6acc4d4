package dev.mehari.history;

import dev.mehari.notification.NotificationIds;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is older than it is to be kept, a few rows at a time, so that nothing else has to wait. Called from {@code
 * routes/purge.yaml}; several nodes may do it at once.
 */
public class HistoryPurge {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryPurge.class);
    private static final int STEP = 2_000;

    private final Database database;
    private final HistoryProperties.Keep keep;
    private final Clock clock;

    HistoryPurge(Database database, HistoryProperties.Keep keep, Clock clock) {
        this.database = database;
        this.keep = keep;
        this.clock = clock;
    }

    /** Answers how many rows went; nothing happens while the history is off or away. */
    public long purge() {
        if (!database.ready()) {
            return 0;
        }
        try {
            long rows = notifications()
                    + byTime("webhooks_raw", keep.webhooks())
                    + byTime("log_lines", keep.logs())
                    + byTime("audit", keep.audit())
                    + byTime("configuration_changes", keep.audit());
            LOG.info("history.purged rows={} contents={}", rows, payloads());
            return rows;
        } catch (HistoryAway away) {
            LOG.warn("history.purge waits for the next night: {}", away.getMessage());
            return 0;
        }
    }

    /** What hangs on a notification goes before it does. */
    private long notifications() {
        var oldest = NotificationIds.lowestAt(before(keep.notifications()));
        return byId("events", "notification_id", oldest)
                + byId("deliveries", "notification_id", oldest)
                + byId("notifications", "id", oldest);
    }

    private long byId(String table, String column, String oldest) {
        return repeat(
                ("DELETE FROM %1$s WHERE ctid = ANY(ARRAY(SELECT ctid FROM %1$s WHERE %2$s < ?"
                                + " ORDER BY %2$s LIMIT %3$d FOR UPDATE SKIP LOCKED))")
                        .formatted(table, column, STEP),
                oldest);
    }

    private long byTime(String table, Duration kept) {
        return repeat(
                ("DELETE FROM %1$s WHERE ctid = ANY(ARRAY(SELECT ctid FROM %1$s WHERE event_ms < ?"
                                + " ORDER BY event_ms LIMIT %2$d FOR UPDATE SKIP LOCKED))")
                        .formatted(table, STEP),
                before(kept).toEpochMilli());
    }

    private long repeat(String delete, Object oldest) {
        long all = 0;
        while (true) {
            int some = database.askAtLength(jdbc -> jdbc.update(delete, oldest));
            all += some;
            if (some < STEP) {
                return all;
            }
        }
    }

    /** Content goes earlier than the fact, where that is wished. */
    private long payloads() {
        if (keep.payloads().compareTo(keep.notifications()) >= 0) {
            return 0;
        }
        var oldest = NotificationIds.lowestAt(before(keep.payloads()));
        var now = Timestamp.from(clock.instant());
        return repeat(
                "UPDATE notifications SET title = NULL, text = NULL, data = '{}', attachments = '[]', search = '',"
                        + " expunged_at = '" + now.toInstant() + "' WHERE id = ANY(ARRAY(SELECT id FROM notifications"
                        + " WHERE expunged_at IS NULL AND id < ? ORDER BY id LIMIT " + STEP + "))",
                oldest);
    }

    private Instant before(Duration kept) {
        return clock.instant().minus(kept);
    }
}
