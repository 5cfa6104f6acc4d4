package dev.mehari.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.mehari.embedded.PostgresForTests;
import dev.mehari.testkit.RealRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of the history once it is written: timelines; and what is taken out of it. */
class HistoryIT {
    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    @TempDir
    static Path folder;

    private static PostgresForTests postgres;
    private HistoryForTests history;

    @BeforeAll
    static void startPostgres() {
        postgres = new PostgresForTests(folder);
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @BeforeEach
    void open() throws Exception {
        history = new HistoryForTests(redis, postgres);
        history.database.migrate();
        history.empty();
    }

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void aTimeline_joinsWhatAllComponentsDid_andMarksWhatWasSlow() {
        history.records.webhook("tradingview", "t-9", null, Map.of("User-Agent", "x"), "{\"symbol\":\"BTC\"}");
        tick(10);
        var notification = history.notification("hello", "trade.opened", Map.of(), "t-9");
        tick(250);
        history.trades.put(notification);
        tick(900);
        history.trades.take().hold(history.clock.instant(), 503, 890);
        history.records.logLine(
                new LogLine(history.clock.instant(), "postgres", "info", "t-9", "query", Map.of("duration_ms", 3_500)));
        tick(2_500);
        history.trades.take().deliver("m-1", 2_400);
        history.trades.put(history.notification("of another trace", "trade.opened", Map.of(), "t-10"));
        written();

        assertThat(history.timelines().of("t-9"))
                .extracting(Step::offsetMs, Step::component, Step::event, Step::slow)
                .containsExactly(
                        tuple(0L, "webhook", "received", null),
                        tuple(10L, "http", "accepted", null),
                        tuple(260L, "redis", "queued", "warning"),
                        tuple(1_160L, "provider", "retry", "warning"),
                        tuple(1_160L, "redis", "held", null),
                        tuple(1_160L, "postgres", "info", "critical"),
                        tuple(3_660L, "provider", "delivered", "critical"),
                        tuple(3_660L, "redis", "delivered", null));
        assertThat(history.timelines().of("nobody")).isEmpty();
    }

    @Test
    void secretsOfOthers_areMaskedBeforeTheyAreKept() {
        var secret = "https://discord.com/api/webhooks/123456/AbCdEfGhIjKlMnOp";
        history.records.logLine(
                new LogLine(history.clock.instant(), "bot", "info", "t", "to " + secret, Map.of("url", secret)));
        history.records.webhook("n8n", "t", null, Map.of("x", secret), "no json " + secret);
        history.trades.put(history.notification("one"));
        history.trades.take().giveUp("failed at " + secret);
        written();

        for (var column : new String[] {
            "log_lines.message", "log_lines.data", "webhooks_raw.headers", "webhooks_raw.body", "events.detail"
        }) {
            var table = column.split("\\.")[0];
            var kept = history.database.ask(jdbc -> jdbc.queryForList(
                    "SELECT " + column + "::text FROM " + table + " WHERE " + column + " IS NOT NULL", String.class));
            assertThat(kept).as(column).isNotEmpty().noneMatch(text -> text.contains("AbCdEf"));
        }
    }

    @Test
    void thePurge_takesWhatIsTooOld_eachKindInItsTime() {
        tell("old");
        tick(Duration.ofDays(5).toMillis());
        tell("middle");
        tick(Duration.ofDays(5).toMillis());
        tell("young");
        written();
        var days = Duration.ofDays(1);
        var keep = new HistoryProperties.Keep(
                days.multipliedBy(7),
                days.multipliedBy(3),
                days.multipliedBy(7),
                days.multipliedBy(7),
                days.multipliedBy(7));

        assertThat(new HistoryPurge(history.database, keep, history.clock).purge())
                .isEqualTo(4);

        assertThat(history.count("notifications")).isEqualTo(2);
        assertThat(history.count("deliveries")).isEqualTo(2);
        assertThat(history.count("attempts")).isEqualTo(2);
        assertThat(history.count("events")).isEqualTo(4);
        assertThat(history.count("notifications WHERE title = 'young' AND expunged_at IS NULL"))
                .isEqualTo(1);
        assertThat(history.count("notifications WHERE title IS NULL AND data = '{}' AND expunged_at IS NOT NULL"))
                .isEqualTo(1);
    }

    @Test
    void expunging_takesTheContentAboutOneRecipient_andLeavesTheFacts() {
        tell("about ana");
        history.records.logLine(new LogLine(history.clock.instant(), "bot", "info", "trace-1", "ana again", Map.of()));
        history.records.webhook("n8n", "trace-1", null, Map.of(), "{\"who\":\"ana\"}");
        written();
        var expunging = new Expunging(history.database, history.streams, history.clock);

        assertThat(expunging.expunge("ana")).isEqualTo(1);
        assertThat(expunging.expunge("ana")).isZero();

        assertThat(history.search().find(HistoryWriterIT.anything()).notifications())
                .singleElement()
                .satisfies(hit -> {
                    assertThat(hit.title()).isNull();
                    assertThat(hit.recipient()).isNull();
                    assertThat(hit.deliveries()).extracting(Search.Stand::state).containsExactly("delivered");
                });
        assertThat(history.count("notifications WHERE search <> '' OR data <> '{}'"))
                .isZero();
        assertThat(history.count("log_lines")).isZero();
        assertThat(history.count("webhooks_raw WHERE body IS NOT NULL")).isZero();
        assertThat(history.count("attempts WHERE detail IS NOT NULL")).isZero();
    }

    private void tell(String title) {
        history.trades.put(history.notification(title));
        history.trades.take().deliver("m-1", 5);
    }

    private void tick(long millis) {
        history.clock.advance(Duration.ofMillis(millis));
    }

    private void written() {
        var writer = history.writer("node-a");
        writer.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> history.waiting() == 0);
        writer.stop();
    }
}
