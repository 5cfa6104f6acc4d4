package dev.mehari.history;

import dev.mehari.channel.LaneHand;
import dev.mehari.embedded.PostgresForTests;
import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationIds;
import dev.mehari.redis.RedisGate;
import dev.mehari.testkit.MutableClock;
import dev.mehari.testkit.NotificationBuilder;
import dev.mehari.testkit.RealRedis;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

/** The whole room on a real Redis and a real PostgreSQL. */
final class HistoryForTests implements AutoCloseable {
    private static final long KEPT = 100_000;
    private static final Duration WRITE_EVERY = Duration.ofMillis(20);

    private final RealRedis real;
    final MutableClock clock = new MutableClock(Instant.parse("2026-11-20T18:00:00Z"));
    final NotificationIds ids = new NotificationIds(clock);
    final RedisGate redis;
    final Database database;
    final EventStreams streams;
    final Records records;
    final LaneHand trades;
    final LaneHand admin;

    @Nullable
    DeliveryWatcher watcher;

    @SuppressWarnings("unchecked")
    HistoryForTests(RealRedis real, PostgresForTests postgres) throws Exception {
        this.real = real;
        redis = new RedisGate(() -> (RedisClusterAsyncCommands<byte[], byte[]>)
                real.connections().getConnection().getNativeConnection());
        database = new Database(new Database.Address(postgres.url(), postgres.user(), postgres.password()));
        streams = new EventStreams(redis, LaneHand.channels("trades", "admin"), LaneHand.PREFIX, KEPT);
        records = new Records(streams, clock, true);
        trades = new LaneHand("trades", redis, clock);
        admin = new LaneHand("admin", redis, clock);
    }

    /** How busy the machine is; a writer that stands back writes five events in a round. */
    volatile double load;

    /** The pace looks at the load whenever it may. */
    private final AtomicLong seconds = new AtomicLong();

    HistoryWriter writer(String node) {
        var lease = new WriterLease(redis, streams.lease(), node);
        var writer = new HistoryWriter(
                database,
                streams,
                lease,
                new LaneTables(clock),
                new RecordTables(),
                new DeliverySteps(database, watcher),
                new Pace(() -> load, KEPT, WRITE_EVERY, () -> seconds.incrementAndGet() * 1_000_000_000),
                WRITE_EVERY,
                new SimpleMeterRegistry());
        trades.tell(writer::moved);
        admin.tell(writer::moved);
        streams.tell(writer::moved);
        return writer;
    }

    /** What nodes that do not write tell the one that does. */
    RedisMessageListenerContainer calls(HistoryWriter... nodes) {
        var calls = new RedisMessageListenerContainer();
        calls.setConnectionFactory(real.connections());
        for (var node : nodes) {
            calls.addMessageListener((message, pattern) -> node.movedElsewhere(), new ChannelTopic(streams.topic()));
        }
        calls.afterPropertiesSet();
        calls.start();
        return calls;
    }

    Search search() {
        return new Search(database);
    }

    Stories stories() {
        return new Stories(database, streams);
    }

    Timelines timelines() {
        var ms = Duration.ofMillis(1);
        var slow = new HistoryProperties.Slow(
                ms.multipliedBy(500),
                ms.multipliedBy(2_000),
                ms.multipliedBy(200),
                ms.multipliedBy(1_000),
                ms.multipliedBy(1_000),
                ms.multipliedBy(3_000));
        return new Timelines(database, streams, new Slowness(slow), clock);
    }

    long count(String table) {
        Long count = database.ask(jdbc -> jdbc.queryForObject("SELECT count(*) FROM " + table, Long.class));
        return count == null ? 0 : count;
    }

    long waiting() {
        var lengths = streams.lengths(List.of(streams.events("trades"), streams.events("admin"), streams.records()));
        var untold = streams.puts().of(List.of("trades", "admin")).stream().map(UntoldPuts.Lane::count);
        return Stream.concat(lengths.stream(), untold)
                .mapToLong(Long::longValue)
                .sum();
    }

    void empty() {
        database.step(jdbc -> jdbc.execute("TRUNCATE notifications, deliveries, events, webhooks_raw, audit,"
                + " configuration_changes, log_lines"));
    }

    Notification notification(String title) {
        return notification(title, "trade.opened", Map.of("symbol", "BTC"), "trace-1");
    }

    Notification notification(String title, String type, Map<String, Object> data, String trace) {
        return NotificationBuilder.of(type)
                .id(ids.next())
                .title(title)
                .text("text")
                .data(data)
                .recipient("ana")
                .source("http")
                .traceId(trace)
                .createdAt(clock.instant())
                .build();
    }

    @Override
    public void close() {
        database.close();
    }
}
