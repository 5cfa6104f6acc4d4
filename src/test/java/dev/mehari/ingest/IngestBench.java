package dev.mehari.ingest;

import dev.mehari.channel.Channel;
import dev.mehari.channel.ChannelConfiguration;
import dev.mehari.channel.Channels;
import dev.mehari.channel.LaneSettings;
import dev.mehari.channel.LaneStatus;
import dev.mehari.channel.Lanes;
import dev.mehari.channel.WakeUp;
import dev.mehari.content.ContentLibrary;
import dev.mehari.deadletter.DeadLettersForTests;
import dev.mehari.notification.NotificationIds;
import dev.mehari.routing.Routing;
import dev.mehari.security.Secret;
import dev.mehari.testkit.MutableClock;
import dev.mehari.testkit.RealRedis;
import dev.mehari.testkit.UnsteadyRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.util.unit.DataSize;

/** The doors of Redis with everything behind them, and a router that sends all to one channel. */
final class IngestBench implements AutoCloseable {
    static final String DEAD = "notifications:dead_letter";
    static final String QUEUE = "notifications:queue";
    static final String PROCESSING = "{notifications:queue}:processing";

    final MutableClock clock = MutableClock.at("2026-11-20T18:00:00Z");
    final NotificationIds ids = new NotificationIds(clock);
    final UnsteadyRedis redis;
    final StringRedisTemplate keys;
    final Intake intake;
    final RedisIntake redisIntake;
    final QueueDoor queue;
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Lanes lanes;
    final TextReplay textReplay;

    IngestBench(RealRedis server) throws Exception {
        redis = new UnsteadyRedis(server);
        keys = server.template();
        lanes = new Lanes(new LaneSettings("test:", "node", 0), redis, clock, new WakeUp(), type -> type);
        var channels = new Channels();
        channels.replace(Map.of("admin", channel()));
        var content = new ContentLibrary();
        content.load(Path.of("config"));
        intake = new Intake(redis, ids, content, clock, "test:");
        startRouter(channels);
        var routing = new Routing(camel.createProducerTemplate(), lanes);
        textReplay = new TextReplay(intake, routing, channels);
        redisIntake = new RedisIntake(
                intake,
                routing,
                channels,
                DeadLettersForTests.over(keys, letter -> {}, clock),
                new IntakeMeters(new SimpleMeterRegistry()),
                clock,
                DataSize.ofKilobytes(256));
        queue = new QueueDoor(redis, server.connections(), redisIntake, ids, QUEUE);
    }

    private void startRouter(Channels channels) throws Exception {
        camel.disableJMX();
        camel.getRegistry()
                .bind(
                        "channelConfiguration",
                        new ChannelConfiguration(
                                channels, lanes, new WakeUp(), node -> false, clock, Duration.ofSeconds(1)));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:notify")
                        .errorHandler(noErrorHandler())
                        .filter(simple("${body.type} == 'no.way'"))
                        .throwException(new IllegalStateException("no way leads there"))
                        .end()
                        .to("channel:admin");
            }
        });
        camel.start();
    }

    LaneStatus admin() {
        return lanes.of("admin").status();
    }

    List<String> deadLetters() {
        return keys.opsForList().range(DEAD, 0, -1);
    }

    long processing() {
        var size = keys.opsForList().size(PROCESSING);
        return size == null ? 0 : size;
    }

    private static Channel channel() {
        return new Channel(
                "admin",
                null,
                "webhook",
                Secret.NONE,
                new Channel.Throttle(5, Duration.ofSeconds(2)),
                new Channel.Retry(8, Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.2),
                new Channel.Breaker(50, 20, 5, Duration.ofSeconds(30)),
                null,
                Duration.ofHours(24),
                10,
                1,
                null,
                Map.of());
    }

    @Override
    public void close() {
        queue.stop();
        camel.stop();
    }
}
