package dev.mehari.history;

import java.sql.Timestamp;
import java.time.Clock;

/**
 * Takes the content about one recipient out of the history, for good; that something was delivered, and when, stays.
 * Repeating it changes nothing. Thread-safe.
 */
public class Expunging {
    private static final int STEP = 1_000;
    /** The answers of providers may repeat what was sent. */
    private static final String NOTIFICATIONS = """
            WITH taken AS (
              UPDATE notifications SET title = NULL, text = NULL, data = '{}', attachments = '[]', search = '',
                recipient = NULL, dedupe_key = NULL, expunged_at = ?
              WHERE id IN (SELECT id FROM notifications WHERE recipient = ? ORDER BY id LIMIT ?)
              RETURNING id, trace_id),
            deliveries_taken AS (
              UPDATE deliveries SET detail = NULL WHERE notification_id IN (SELECT id FROM taken)),
            attempts_taken AS (
              UPDATE attempts SET detail = NULL WHERE notification_id IN (SELECT id FROM taken)),
            events_taken AS (
              UPDATE events SET detail = NULL WHERE notification_id IN (SELECT id FROM taken)),
            webhooks_taken AS (
              UPDATE webhooks_raw SET body = NULL, headers = '{}' WHERE trace_id IN (SELECT trace_id FROM taken)),
            lines_taken AS (
              DELETE FROM log_lines WHERE trace_id IN (SELECT trace_id FROM taken))
            SELECT count(*) FROM taken""";

    private final Database database;
    private final Clock clock;

    Expunging(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * How many notifications it concerned. What is still in a lane, or waits to be written, is not among them: repeat it
     * when those are delivered.
     *
     * @throws HistoryAway it cannot be asked now
     */
    public long expunge(String recipient) {
        var now = Timestamp.from(clock.instant());
        long all = 0;
        while (true) {
            Long some =
                    database.askAtLength(jdbc -> jdbc.queryForObject(NOTIFICATIONS, Long.class, now, recipient, STEP));
            if (some == null || some == 0) {
                return all;
            }
            all += some;
        }
    }
}
