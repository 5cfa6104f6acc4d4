package dev.mehari.history;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
            events_taken AS (
              UPDATE events SET detail = NULL WHERE notification_id IN (SELECT id FROM taken)),
            webhooks_taken AS (
              UPDATE webhooks_raw SET body = NULL, headers = '{}' WHERE trace_id IN (SELECT trace_id FROM taken)),
            lines_taken AS (
              DELETE FROM log_lines WHERE trace_id IN (SELECT trace_id FROM taken))
            SELECT count(*) FROM taken""";

    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(15);
    private static final long LOOK_AGAIN_NANOS = 50_000_000;

    private final Database database;
    private final EventStreams streams;
    private final Clock clock;

    Expunging(Database database, EventStreams streams, Clock clock) {
        this.database = database;
        this.streams = streams;
        this.clock = clock;
    }

    /**
     * How many notifications it concerned; none while the history is switched off. What waited in Redis is written before,
     * so that it is among them.
     *
     * @throws HistoryAway it cannot be asked now, or does not catch up
     */
    public long expunge(String recipient) {
        if (!database.enabled()) {
            return 0;
        }
        awaitWhatWaits();
        return expungeWritten(recipient);
    }

    /** What comes later than the look at its stream is not waited for. */
    private void awaitWhatWaits() {
        streams.hurry();
        long begin = System.nanoTime();
        for (var line : lines()) {
            var last = line.newest().get();
            while (last != null && waits(line.oldest().get(), last)) {
                if (System.nanoTime() - begin > WRITTEN_WITHIN.toNanos()) {
                    throw HistoryAway.behind();
                }
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        }
    }

    private static boolean waits(@Nullable Place oldest, Place last) {
        return oldest != null && oldest.compareTo(last) <= 0;
    }

    /** What waits in one stream. */
    private record Line(Supplier<@Nullable Place> newest, Supplier<@Nullable Place> oldest) {}

    /** The lanes come first: what ends there meanwhile stands in an event. */
    private List<Line> lines() {
        var found = streams.found();
        var lines = new ArrayList<Line>();
        for (var channel : found) {
            lines.add(lane(channel, UntoldPuts.Lane::urgent));
            lines.add(lane(channel, UntoldPuts.Lane::other));
        }
        found.forEach(channel -> lines.add(stream(streams.events(channel))));
        lines.add(stream(streams.records()));
        return lines;
    }

    private Line stream(byte[] key) {
        return new Line(() -> streams.newest(key), () -> place(streams.read(key, 1)));
    }

    private Line lane(String channel, Function<UntoldPuts.Lane, UntoldPuts.Stream> which) {
        var puts = streams.puts();
        return new Line(() -> puts.newest(which.apply(puts.of(channel))), () -> {
            var lane = puts.of(channel);
            return lane.count() == 0 ? null : place(puts.read(which.apply(lane), 1));
        });
    }

    private static @Nullable Place place(List<Entry> oldest) {
        return oldest.isEmpty() ? null : oldest.getFirst().place();
    }

    private long expungeWritten(String recipient) {
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
