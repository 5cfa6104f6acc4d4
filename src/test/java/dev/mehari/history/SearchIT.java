package dev.mehari.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.embedded.PostgresForTests;
import dev.mehari.notification.NotificationIds;
import dev.mehari.testkit.RealRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions to a history of a hundred thousand notifications: every one goes by an index. With {@code
 * -Dmehari.history.rows=1000000} each must be answered within 200 ms.
 */
class SearchIT {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIT.class);
    private static final int ROWS = Integer.getInteger("mehari.history.rows", 100_000);
    /** With a million rows on a machine that does nothing else; here only what waits for a disk or reads a table is slower. */
    private static final Duration QUICK = Duration.ofMillis(ROWS < 1_000_000 ? 2_000 : 200);

    private static final Instant BEGIN = Instant.parse("2026-10-20T00:00:00Z");
    private static final Duration SPAN = Duration.ofDays(30);
    private static final String FILL_NOTIFICATIONS = """
            INSERT INTO notifications (id, type, title, text, data, priority, recipient, source, trace_id, created_at, search)
            SELECT id, type, title, text, data, 'normal', 'user-' || i %% 1000, source, md5(i::text), at,
              title || E'\\n' || text || E'\\n' || data::text
            FROM (SELECT i, at, %s AS id, 'type.' || i %% 50 AS type,
                (ARRAY['http', 'redis', 'tradingview', 'github'])[1 + i %% 4] AS source,
                'Position ' || (ARRAY['BTC', 'ETH', 'SOL', 'XRP'])[1 + i %% 4] || ' number ' || i AS title,
                'Text with some words of ' || md5((i * 7)::text) || ' and ' || md5((i * 13)::text) AS text,
                jsonb_build_object('symbol', (ARRAY['BTC', 'ETH', 'SOL', 'XRP'])[1 + i %% 4], 'order', i, 'pnl', i %% 97) AS data
              FROM (SELECT i, '%s'::timestamptz + i * interval '%d milliseconds' AS at FROM generate_series(1, %d) i) n) n""";
    private static final String FILL_DELIVERIES = """
            INSERT INTO deliveries (notification_id, channel, type, state, queued_at, first_attempt_at, ended_at, attempts,
              provider_ms, last_ms, last_seq)
            SELECT id, (ARRAY['trades', 'admin', 'signal', 'alertes', 'performance'])[1 + abs(hashtext(id)) % 5], type,
              CASE WHEN abs(hashtext(id)) % 1000 = 7 THEN 'dead' WHEN abs(hashtext(id)) % 100 = 9 THEN 'diverted' ELSE 'delivered' END,
              created_at, created_at + interval '12 milliseconds', created_at + interval '200 milliseconds', 1,
              50 + abs(hashtext(id)) % 50, 0, 0
            FROM notifications""";

    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    @TempDir
    static Path folder;

    private static PostgresForTests postgres;
    private static HistoryForTests history;

    @BeforeAll
    static void fill() throws Exception {
        postgres = new PostgresForTests(folder);
        history = new HistoryForTests(redis, postgres);
        history.database.migrate();
        long step = SPAN.toMillis() / ROWS;
        var fill = FILL_NOTIFICATIONS.formatted(idOf("at", "i"), BEGIN, step, ROWS);
        history.database.step(jdbc -> {
            // An index is built in one go in a tenth of the time.
            var names = List.of("notifications_search", "notifications_data");
            var definitions = names.stream()
                    .map(name -> jdbc.queryForObject(
                            "SELECT indexdef FROM pg_indexes WHERE indexname = ?", String.class, name))
                    .toList();
            names.forEach(name -> jdbc.execute("DROP INDEX " + name));
            jdbc.execute(fill);
            jdbc.execute(FILL_DELIVERIES);
            jdbc.execute("SET LOCAL maintenance_work_mem = '256MB'");
            definitions.forEach(jdbc::execute);
        });
        history.database.step(jdbc -> jdbc.execute("ANALYZE"));
    }

    /** Our identifiers in SQL: ten digits of time, in base 32, and a number. */
    private static String idOf(String at, String number) {
        var digits = new ArrayList<String>();
        for (int shift = 45; shift >= 0; shift -= 5) {
            digits.add("substr('0123456789abcdefghjkmnpqrstvwxyz', 1 + ((extract(epoch FROM " + at
                    + ") * 1000)::bigint >> " + shift + " & 31)::int, 1)");
        }
        return String.join(" || ", digits) + " || lpad(" + number + "::text, 16, '0')";
    }

    @AfterAll
    static void stop() {
        history.close();
        postgres.close();
    }

    @Test
    void pages_followEachOther_newestFirst_withoutGapOrDouble() {
        var seen = new ArrayList<String>();
        String cursor = null;
        do {
            var page = history.search()
                    .find(query().type("type.7").cursor(cursor).limit(500).build());
            page.notifications().forEach(hit -> seen.add(hit.id()));
            cursor = page.cursor();
        } while (cursor != null && seen.size() < 3_000);
        assertThat(seen).doesNotHaveDuplicates().isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(seen).hasSizeGreaterThanOrEqualTo(Math.min(ROWS / 50, 3_000));
    }

    @Test
    void traffic_passesByWhole_newestFirst_untilItIsEnough() {
        var traffic = new Traffic(history.database);
        var seen = new ArrayList<String>();
        traffic.visit(BEGIN.plus(SPAN.dividedBy(2)), BEGIN.plus(SPAN).plusSeconds(1), one -> {
            assertThat(one.channels()).hasSize(1);
            seen.add(one.notification().id());
            return true;
        });
        assertThat(seen)
                .isSortedAccordingTo(java.util.Comparator.reverseOrder())
                .hasSize(ROWS / 2 + 1);

        var few = new ArrayList<Traffic.Passed>();
        traffic.visit(BEGIN, BEGIN.plus(SPAN), one -> few.add(one) && few.size() < 3);
        assertThat(few).hasSize(3).allMatch(Traffic.Passed::whole);
        assertThat(few.get(0).notification().data()).containsKeys("symbol", "order", "pnl");
    }

    @Test
    void filters_findWhatTheySay() {
        var one = history.search()
                .find(query().text("NUMBER 4242\n").limit(10).build())
                .notifications();
        assertThat(one).singleElement().satisfies(hit -> {
            assertThat(hit.title()).isEqualTo("Position SOL number 4242");
            assertThat(hit.deliveries()).hasSize(1);
        });
        var trace = one.get(0).traceId();
        assertThat(history.search().find(query().trace(trace).build()).notifications())
                .hasSize(1);
        assertThat(history.search()
                        .find(query().data("{\"order\": 4242}").build())
                        .notifications())
                .hasSize(1);
        var dead =
                history.search().find(query().state("dead").limit(500).build()).notifications();
        assertThat(dead)
                .isNotEmpty()
                .allSatisfy(hit -> assertThat(hit.deliveries())
                        .extracting(Search.Stand::state)
                        .containsExactly("dead"));
        var day = history.search()
                .find(query().from(BEGIN.plus(Duration.ofDays(3)))
                        .to(BEGIN.plus(Duration.ofDays(4)))
                        .limit(500)
                        .build());
        assertThat(day.notifications())
                .allSatisfy(hit -> assertThat(hit.createdAt())
                        .isBetween(BEGIN.plus(Duration.ofDays(3)), BEGIN.plus(Duration.ofDays(4))));
        assertThat(history.search().find(query().text("100%_").build()).notifications())
                .isEmpty();
    }

    @Test
    void everyQuestion_goesByAnIndex() {
        questions().forEach((name, query) -> {
            var statement = Search.statement(query);
            var plan = history.database.ask(jdbc -> jdbc.queryForList(
                    "EXPLAIN (ANALYZE, BUFFERS OFF) " + statement.sql(),
                    String.class,
                    statement.values().toArray()));
            history.search().find(query);
            long before = System.nanoTime();
            history.search().find(query);
            var took = Duration.ofNanos(System.nanoTime() - before);
            LOG.info("{}: {} ms", name, took.toNanos() / 100_000 / 10.0);
            assertThat(took).as(name).isLessThan(QUICK);
            LOG.debug("{}", String.join("\n", plan));
            assertThat(plan).as(name).noneMatch(line -> line.contains("Seq Scan"));
        });
    }

    @Test
    void statistics_countEachDeliveryOnce() {
        var statistics = new Statistics(history.database);
        var to = BEGIN.plus(SPAN).plus(Duration.ofDays(1));
        long before = System.nanoTime();
        var days = statistics.over(Statistics.By.DAY, BEGIN, to, null, null);
        LOG.info("statistics of 30 days: {} ms", (System.nanoTime() - before) / 1_000_000);
        assertThat(days.stream().mapToLong(Statistics.Bucket::deliveries).sum()).isEqualTo(ROWS);
        assertThat(days.get(0).queueWaitMs().p99()).isEqualTo(12);
        assertThat(days.get(0).endToEndMs().p50()).isEqualTo(200);
    }

    private static Map<String, Search.Query> questions() {
        var questions = new LinkedHashMap<String, Search.Query>();
        questions.put("newest", query().build());
        questions.put(
                "page in the middle",
                query().cursor(NotificationIds.lowestAt(BEGIN.plus(Duration.ofDays(15))))
                        .build());
        questions.put("type", query().type("type.7").build());
        questions.put("type by its beginning", query().type("type.1*").build());
        questions.put("unknown type", query().type("type.none").build());
        questions.put("source", query().source("github").build());
        questions.put("recipient", query().recipient("user-77").build());
        questions.put("trace", query().trace("c4ca4238a0b923820dcc509a6f75849b").build());
        questions.put("channel", query().channel("trades").build());
        questions.put("channel without deliveries", query().channel("none").build());
        questions.put(
                "channel and state", query().channel("trades").state("dead").build());
        questions.put("state dead", query().state("dead").build());
        questions.put(
                "state expired, of which there are none",
                query().state("expired").build());
        questions.put("text in one", query().text("number 31415").build());
        questions.put("text in every fourth", query().text("position btc").build());
        questions.put("text in none", query().text("nowhere to be seen").build());
        questions.put("text of three letters", query().text("XRP").build());
        questions.put("three hexadecimal digits", query().text("a7f").build());
        questions.put(
                "text, type and channel",
                query().text("eth").type("type.7").channel("admin").build());
        questions.put("text and state", query().text("sol").state("dead").build());
        questions.put("data in one", query().data("{\"order\": 31415}").build());
        questions.put(
                "data in every fourth", query().data("{\"symbol\": \"BTC\"}").build());
        questions.put(
                "data of two fields",
                query().data("{\"symbol\": \"BTC\", \"pnl\": 12}").build());
        questions.put(
                "a day",
                query().from(BEGIN.plus(Duration.ofDays(3)))
                        .to(BEGIN.plus(Duration.ofDays(4)))
                        .build());
        questions.put(
                "a day's text",
                query().text("btc")
                        .from(BEGIN.plus(Duration.ofDays(3)))
                        .to(BEGIN.plus(Duration.ofDays(4)))
                        .build());
        return questions;
    }

    private static Asked query() {
        return new Asked();
    }

    /** Builds a query from what is asked for. */
    private static final class Asked {
        private @Nullable String type;
        private @Nullable String channel;
        private @Nullable String state;
        private @Nullable String source;
        private @Nullable String recipient;
        private @Nullable String trace;
        private @Nullable String text;
        private @Nullable String data;
        private @Nullable Instant from;
        private @Nullable Instant to;
        private @Nullable String cursor;
        private int limit = 50;

        Asked type(String value) {
            type = value;
            return this;
        }

        Asked channel(String value) {
            channel = value;
            return this;
        }

        Asked state(String value) {
            state = value;
            return this;
        }

        Asked source(String value) {
            source = value;
            return this;
        }

        Asked recipient(String value) {
            recipient = value;
            return this;
        }

        Asked trace(String value) {
            trace = value;
            return this;
        }

        Asked text(String value) {
            text = value;
            return this;
        }

        Asked data(String value) {
            data = value;
            return this;
        }

        Asked from(Instant value) {
            from = value;
            return this;
        }

        Asked to(Instant value) {
            to = value;
            return this;
        }

        Asked cursor(@Nullable String value) {
            cursor = value;
            return this;
        }

        Asked limit(int value) {
            limit = value;
            return this;
        }

        Search.Query build() {
            return new Search.Query(
                    type, channel, state, source, recipient, trace, text, data, from, to, cursor, limit);
        }
    }
}
