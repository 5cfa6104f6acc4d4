package dev.mehari.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.mehari.channel.LaneHand;
import dev.mehari.embedded.PostgresForTests;
import dev.mehari.notification.NotificationJson;
import dev.mehari.testkit.RealRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.stream.RecordId;
import org.springframework.data.redis.connection.stream.StreamRecords;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** From the lanes' events to the tables, through what may go wrong on the way. */
class HistoryWriterIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration WRITER_LOOKS_BY_ITSELF = Duration.ofSeconds(10);

    private static final String TOO_MANY =
            "for i = 1, 100000 do redis.call('XADD', KEYS[1], '*', 'id', 'other') end return 1";

    private static final String EVENTS = "test:{trades}:events";
    private static final String STATE = "test:{trades}:state";

    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    @TempDir
    static Path folder;

    private static PostgresForTests postgres;
    private HistoryForTests history;
    private final List<HistoryWriter> writers = new ArrayList<>();

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
        writers.forEach(HistoryWriter::stop);
        history.close();
    }

    @Test
    void aDelivery_isToldWithItsAttemptsAndEvents_andRedisIsEmptyAgain() {
        var notification = history.notification("hello");
        history.trades.put(notification);
        history.clock.advance(Duration.ofSeconds(1));
        history.trades.take().hold(history.clock.instant(), 503, 300);
        history.clock.advance(Duration.ofSeconds(2));
        history.trades.take().deliver("m-1", 120);
        history.clock.advance(Duration.ofMillis(1));
        history.trades.replay(notification, "r1");
        written();

        var story = history.stories().of(notification.id()).orElseThrow();
        assertThat(story.complete()).isTrue();
        assertThat(story.notification().title()).isEqualTo("hello");
        assertThat(story.notification().data()).isEqualTo(Map.of("symbol", "BTC"));
        assertThat(story.deliveries().get(0).attempts())
                .extracting(Story.Attempt::outcome, Story.Attempt::status, Story.Attempt::durationMs)
                .containsExactly(tuple("retry", 503, 300L), tuple("delivered", 204, 120L));
        assertThat(story.events())
                .extracting(Story.Event::event)
                .containsExactly("queued", "held", "delivered", "queued");
        assertThat(story.deliveries())
                .extracting(Story.Tried::delivery)
                .extracting(
                        Delivery::replay, Delivery::state, Delivery::tries, Delivery::queueWaitMs, Delivery::endToEndMs)
                .containsExactly(tuple("", "delivered", 2, 700L, 3_000L), tuple("r1", "queued", 0, null, null));
        assertThat(column("SELECT state || attempts || provider_ms FROM deliveries WHERE replay = ''"))
                .containsExactly("delivered2120");
        assertThat(history.count("attempts")).isEqualTo(2);
    }

    @Test
    void attemptsOfAnOlderDatabase_areStillTold() {
        history.database.ask(jdbc -> {
            jdbc.execute("CREATE DATABASE older");
            return true;
        });
        var older = postgres.url().replace("/postgres", "/older");
        var flyway = Flyway.configure()
                .dataSource(older, postgres.user(), postgres.password())
                .table("mehari_schema_history");
        flyway.target("2").load().migrate();
        try (var database = new Database(new Database.Address(older, postgres.user(), postgres.password()))) {
            var jdbc = new JdbcTemplate(new DriverManagerDataSource(older, postgres.user(), postgres.password()));
            jdbc.execute("INSERT INTO events (channel, event_ms, event_seq, notification_id, event, at, took, detail)"
                    + " VALUES ('trades', 1, 0, 'n', 'queued', '2026-11-20T18:00:00Z', NULL, NULL),"
                    + " ('trades', 2, 0, 'n', 'held', '2026-11-20T18:00:01Z', 'retry 0 300', 'no answer')");
            jdbc.execute("INSERT INTO attempts (channel, event_ms, event_seq, notification_id, started_at, outcome,"
                    + " status, duration_ms, detail) VALUES ('trades', 2, 0, 'n', '2026-11-20T18:00:00.7Z', 'retry',"
                    + " NULL, 300, 'no answer')");
            var attempts = "SELECT * FROM attempts";
            var before = jdbc.queryForList(attempts);
            database.migrate();

            assertThat(jdbc.queryForList(attempts)).isEqualTo(before);
        }
    }

    @Test
    void whoWatches_isToldOfEachStepWithItsTrace_alsoOfLaterOnes() {
        var steps = new java.util.concurrent.CopyOnWriteArrayList<DeliveryWatcher.Step>();
        history.watcher = steps::addAll;
        var notification = history.notification("hello", "trade.closed", Map.of(), "abc-123");
        history.trades.put(notification);
        written();
        history.clock.advance(Duration.ofSeconds(1));
        history.trades.take().deliver("m-1", 120);
        written();

        assertThat(steps)
                .extracting(DeliveryWatcher.Step::event, DeliveryWatcher.Step::traceId, DeliveryWatcher.Step::type)
                .containsExactly(
                        tuple("queued", "abc-123", "trade.closed"), tuple("delivered", "abc-123", "trade.closed"));
        assertThat(steps.get(1).took().millis()).isEqualTo(120);
        assertThat(Duration.between(steps.get(1).queuedAt(), steps.get(1).at())).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatWaitsInRedis_isToldBeforeItIsWritten() {
        var notification = history.notification("quick");
        history.trades.put(notification);
        history.trades.take().deliver("m-1", 5);

        var story = history.stories().of(notification.id()).orElseThrow();
        assertThat(story.notification().title()).isEqualTo("quick");
        assertThat(story.deliveries())
                .extracting(tried -> tried.delivery().state())
                .containsExactly("delivered");
    }

    @Test
    void aCrashBetweenWriteAndTrim_doublesNothing_andLosesNoNews() {
        history.trades.put(history.notification("one"));
        history.trades.put(history.notification("two"));
        history.trades.take().hold(history.clock.instant(), 500, 10);
        history.records.operated("ana", "POST /api/v1/channels/trades/pause", 200, null);
        var copy = redis.template();
        for (var key : List.of(EVENTS, STATE, "test:records")) {
            copy.execute((org.springframework.data.redis.core.RedisCallback<Boolean>)
                    connection -> connection.keyCommands().copy(bytes(key), bytes("copy:" + key), true));
        }
        written();
        var before = tables();
        for (var key : List.of(EVENTS, STATE, "test:records")) {
            copy.rename("copy:" + key, key);
        }
        history.trades.take().deliver("m-1", 10);
        written();

        assertThat(tables())
                .containsAllEntriesOf(Map.of("notifications", 2L, "deliveries", 2L, "audit", 1L))
                .containsEntry("events", before.get("events") + 1)
                .containsEntry("attempts", before.get("attempts") + 1);
        assertThat(column("SELECT state || attempts FROM deliveries ORDER BY notification_id"))
                .containsExactly("delivered2", "queued0");
    }

    @Test
    void whatIsPut_standsInTheLaneAlone_andGoesAlongWithItsEnd_onlyUntilItWasRead() {
        history.trades.put(history.notification("read"));
        assertThat(redis.template().hasKey(EVENTS)).isFalse();
        written();
        history.trades.take().deliver("m-1", 5);
        history.trades.put(history.notification("not read"));
        history.trades.take().deliver("m-2", 5);

        assertThat(redis.template().opsForStream().range(EVENTS, Range.unbounded()))
                .extracting(event -> event.getValue().containsKey("n"))
                .containsExactly(false, true);
        written();
        assertThat(column("SELECT title || ' ' || state FROM notifications JOIN deliveries ON notification_id = id"
                        + " ORDER BY id"))
                .containsExactly("read delivered", "not read delivered");
        assertThat(column("SELECT event FROM events ORDER BY notification_id, event_ms, event_seq"))
                .containsExactly("queued", "delivered", "queued", "delivered");
    }

    @Test
    void entriesOfBothStreamsWithOneId_areTwoDeliveries_whateverHappensToThem() {
        putAt("5-1", "test:{trades}:lane", "slow");
        putAt("5-1", "test:{trades}:urgent", "quick");
        history.trades.take().hold(history.clock.instant(), 503, 5);
        history.trades.take().deliver("m-1", 5);
        history.trades.take().hold(history.clock.instant(), 503, 5);
        written();

        assertThat(column("SELECT title || ' ' || state || attempts FROM notifications JOIN deliveries"
                        + " ON notification_id = id ORDER BY id"))
                .containsExactly("slow queued1", "quick delivered2");
        assertThat(column("SELECT event FROM events ORDER BY notification_id, event_ms, event_seq"))
                .containsExactly("queued", "held", "queued", "held", "delivered");
    }

    @Test
    void anEntryPutByAClockThatWasAhead_hasItsEndAllTheSame() {
        long tomorrow = java.time.Instant.now().plus(Duration.ofDays(1)).toEpochMilli();
        putAt(tomorrow + "-1", "test:{trades}:lane", "ahead");
        written();
        history.trades.take().deliver("m-1", 5);
        written();

        assertThat(column("SELECT state FROM deliveries")).containsExactly("delivered");
    }

    @Test
    void entriesOfAVersionThatWroteAnEventForEach_areNotToldTwice() {
        var old = history.notification("old");
        var json = new String(NotificationJson.write(old), StandardCharsets.UTF_8);
        var fields = new java.util.LinkedHashMap<String, String>();
        fields.put("id", old.id());
        fields.put("key", old.id());
        fields.put("label", "other");
        fields.put("at", "1");
        fields.put("from", "");
        fields.put("n", json);
        redis.template().opsForStream().add("test:{trades}:lane", fields);
        redis.template()
                .opsForStream()
                .add(EVENTS, Map.of("e", "queued", "id", old.id(), "key", old.id(), "at", "1", "from", "", "n", json));
        history.trades.take().hold(history.clock.instant(), 503, 5);
        written();
        history.trades.take().deliver("m-1", 5);
        written();

        assertThat(column("SELECT event FROM events ORDER BY event_ms, event_seq"))
                .containsExactly("queued", "held", "delivered");
        assertThat(column("SELECT title || ' ' || state FROM notifications JOIN deliveries ON notification_id = id"))
                .containsExactly("old delivered");
    }

    @Test
    void whatWaitsInALaneWithoutACount_isFoundWhenTheWriterBegins() {
        history.trades.put(history.notification("uncounted"));
        redis.template().opsForHash().delete(STATE, "untold");
        start("node-a");

        await().atMost(LONG).until(() -> history.count("notifications") == 1);
    }

    @Test
    void whatWaitsInTheLaneOfARemovedChannel_isWrittenBeforeItIsExpunged() {
        var removed = new LaneHand("removed", history.redis, history.clock);
        removed.put(history.notification("about ana"));
        start("node-a");

        assertThat(new Expunging(history.database, history.streams, history.clock).expunge("ana"))
                .isEqualTo(1);
        written();
        assertThat(column("SELECT coalesce(title, 'gone') FROM notifications")).containsExactly("gone");
    }

    private void putAt(String entryId, String stream, String title) {
        var notification = history.notification(title);
        var fields = new java.util.LinkedHashMap<String, String>();
        fields.put("key", notification.id());
        fields.put("label", "other");
        fields.put("at", Long.toString(history.clock.millis()));
        fields.put("n", new String(NotificationJson.write(notification), StandardCharsets.UTF_8));
        redis.template()
                .opsForStream()
                .add(StreamRecords.string(fields).withStreamKey(stream).withId(RecordId.of(entryId)));
        redis.template().opsForHash().increment(STATE, "untold", 1);
    }

    @Test
    void charactersThatPostgresRefuses_areKeptAsPictures() {
        var data = new HashMap<String, Object>();
        data.put("k\0ey", List.of("v\0", "lone \ud800 one", "pair 🐪"));
        var notification = history.notification("a\0b", "trade.opened", data, "trace\0");
        history.trades.put(notification);
        history.records.logLine(new LogLine(history.clock.instant(), "bot", "info", "t\0", "m\0", Map.of("x", "\0")));
        written();

        var told = history.stories().of(notification.id()).orElseThrow().notification();
        assertThat(told.title()).isEqualTo("a␀b");
        assertThat(told.data()).isEqualTo(Map.of("k␀ey", List.of("v␀", "lone \ufffd one", "pair 🐪")));
        assertThat(history.count("log_lines")).isEqualTo(1);
    }

    @Test
    void textIsFoundInWhatDataHolds_atAnyDepth_andNotInItsFieldsNames() {
        var data = Map.<String, Object>of("legs", List.of(Map.of("venue", "say \"Kraken\"")), "pnl", 12.75);
        history.trades.put(history.notification("two legs", "trade.opened", data, "trace-1"));
        written();

        assertThat(found("SAY \"krak")).isEqualTo(1);
        assertThat(found("12.75")).isEqualTo(1);
        assertThat(found("venue")).isZero();
    }

    private int found(String text) {
        return history.search()
                .find(new Search.Query(null, null, null, null, null, null, text, null, null, null, null, 10))
                .notifications()
                .size();
    }

    @Test
    void whatCannotBeWritten_holdsUpNothing() {
        history.records.operated("ana", "POST /one", 200, null);
        history.streams.add(Map.of("kind", "audit", "at", "1", "who", "ana", "action", "x", "status", "no number"));
        redis.template().opsForStream().add(EVENTS, Map.of("e", "queued", "at", "no number"));
        history.records.operated("ana", "POST /two", 200, null);
        history.trades.put(history.notification("after"));
        written();

        assertThat(column("SELECT action FROM audit ORDER BY event_ms, event_seq"))
                .containsExactly("POST /one", "POST /two");
        assertThat(history.count("notifications")).isEqualTo(1);
    }

    @Test
    void postgresStoppedUnderLoad_holdsUpNothing_andTheHistoryCatchesUp() throws Exception {
        var writer = start("node-a");
        var put = new AtomicInteger();
        var enough = new AtomicInteger(Integer.MAX_VALUE);
        var load = CompletableFuture.runAsync(() -> {
            while (put.get() < enough.get()) {
                history.trades.put(history.notification("n" + put.get()));
                if (put.incrementAndGet() % 3 == 0) {
                    history.trades.take().deliver("m", 1);
                }
            }
        });
        await().atMost(LONG).until(() -> history.count("notifications") > 0);
        postgres.stop();
        try {
            await().atMost(LONG).until(() -> writer.standing().trouble() != null);
            int atStop = put.get();
            var id = history.notification("while away");
            history.admin.put(id);
            assertThat(history.stories().of(id.id()).orElseThrow().complete()).isFalse();
            assertThatThrownBy(() -> history.search().find(anything())).isInstanceOf(HistoryAway.class);
            await().atMost(LONG).until(() -> put.get() > atStop + 600);
        } finally {
            enough.set(put.get());
            postgres.start();
        }
        load.get(60, java.util.concurrent.TimeUnit.SECONDS);

        await().atMost(LONG).until(() -> history.waiting() == 0);
        await().atMost(LONG).until(() -> writer.standing().writes());
        assertThat(tables())
                .containsEntry("notifications", put.get() + 1L)
                .containsEntry("deliveries", put.get() + 1L)
                .containsEntry("attempts", put.get() / 3L)
                .containsEntry("events", put.get() + put.get() / 3 + 1L);
        assertThat(column("SELECT count(*)::text FROM deliveries WHERE channel = 'trades' AND state = 'delivered'"))
                .containsExactly(history.trades.ledger().get("delivered").toString());
    }

    @Test
    void whileTheProcessorsAreBusy_aLittleIsWritten_andTheRestWhenTheyAreNot() {
        history.load = 1;
        for (int i = 0; i < 3_000; i++) {
            history.records.operated("ana", "POST /" + i, 200, null);
        }
        var writer = start("node-a");
        await().atMost(LONG).until(() -> writer.standing().standsBack());
        long little = history.waiting();
        history.admin.put(history.notification("alone"));
        await().atMost(LONG).until(() -> history.count("notifications") == 1);
        await().atMost(LONG).until(() -> history.waiting() < little);
        assertThat(history.waiting()).isPositive();

        history.load = 0.5;
        await().atMost(LONG).until(() -> history.waiting() == 0);
        await().atMost(LONG).until(() -> !writer.standing().standsBack());
        assertThat(history.count("audit")).isEqualTo(3_000);
    }

    @Test
    void whatSomebodyWaitsFor_isWrittenAlsoWhileTheProcessorsAreBusy() {
        history.load = 1;
        for (int i = 0; i < 3_000; i++) {
            history.records.operated("ana", "POST /" + i, 200, null);
        }
        history.trades.put(history.notification("about ana"));
        var writer = start("node-a");
        await().atMost(LONG).until(() -> writer.standing().standsBack());

        assertThat(new Expunging(history.database, history.streams, history.clock).expunge("ana"))
                .isEqualTo(1);
        assertThat(history.count("audit")).isEqualTo(3_000);
    }

    @Test
    void whatWaitsBehindThousandsOfOthers_isTold_andWhatIsNotFoundAmongTooMany_isNotDenied() {
        var others = java.util.stream.IntStream.range(0, 2_500)
                .mapToObj(i -> history.trades.start(history.notification("other")))
                .toList();
        others.forEach(history.redis::await);
        var late = history.notification("late");
        history.trades.put(late);
        assertThat(history.stories().of(late.id()).orElseThrow().complete()).isTrue();

        var unknown = history.notification("never put").id();
        assertThat(history.stories().of(unknown)).isEmpty();
        redis.template().execute(RedisScript.of(TOO_MANY, Long.class), List.of(EVENTS));
        assertThat(history.stories().of(late.id()).orElseThrow().complete()).isFalse();
        assertThatThrownBy(() -> history.stories().of(unknown))
                .isInstanceOf(HistoryAway.class)
                .hasMessageContaining("late");
    }

    @Test
    void aTraceThatMayWaitSinceLong_isNotDenied() {
        history.trades.put(history.notification("hello", "trade.opened", Map.of(), "abc-123"));
        var now = Duration.between(history.clock.instant(), java.time.Instant.now());
        history.clock.advance(now);
        assertThat(history.timelines().of("abc-123")).isEmpty();
        history.clock.advance(Duration.ofMinutes(5));
        assertThatThrownBy(() -> history.timelines().of("abc-123")).isInstanceOf(HistoryAway.class);
        written();
        assertThat(history.timelines().of("abc-123")).isNotEmpty();
        assertThat(history.timelines().of("unknown")).isEmpty();
    }

    @Test
    void oneNodeWrites_andAnotherTakesOverWhenItEnds() {
        var first = start("node-a");
        await().atMost(LONG).until(() -> first.standing().writes());
        var second = start("node-b");
        await().atMost(LONG).until(() -> second.standing().trouble() == null);
        assertThat(second.standing().writes()).isFalse();

        first.stop();
        await().atMost(LONG).until(() -> second.standing().writes());
    }

    @Test
    void whatANodeAddsThatDoesNotWrite_isWrittenSoonAllTheSame() throws Exception {
        var first = start("node-a");
        await().atMost(LONG).until(() -> first.standing().writes());
        var second = start("node-b");
        await().atMost(LONG).until(() -> second.standing().trouble() == null);
        var calls = history.calls(first, second);
        try {
            // The hands tell of what they move the writer that was made last.
            history.trades.put(history.notification("hello"));
            await().atMost(WRITER_LOOKS_BY_ITSELF.dividedBy(2)).until(() -> history.count("notifications") == 1);
        } finally {
            calls.destroy();
        }
        assertThat(second.standing().writes()).isFalse();
    }

    private HistoryWriter start(String node) {
        var writer = history.writer(node);
        writers.add(writer);
        writer.start();
        return writer;
    }

    private void written() {
        var writer = start("node-a");
        await().atMost(LONG).until(() -> history.waiting() == 0);
        writer.stop();
    }

    static Search.Query anything() {
        return new Search.Query(null, null, null, null, null, null, null, null, null, null, null, 10);
    }

    private Map<String, Long> tables() {
        var counts = new HashMap<String, Long>();
        for (var table : List.of("notifications", "deliveries", "attempts", "events", "audit")) {
            counts.put(table, history.count(table));
        }
        return counts;
    }

    private List<String> column(String sql) {
        return history.database.ask(jdbc -> jdbc.queryForList(sql, String.class));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
