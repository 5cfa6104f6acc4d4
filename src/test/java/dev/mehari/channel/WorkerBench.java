package dev.mehari.channel;

import dev.mehari.channel.LaneEntry.Mark;
import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationIds;
import dev.mehari.notification.Priority;
import dev.mehari.testkit.NotificationBuilder;
import dev.mehari.testkit.RealRedis;
import dev.mehari.testkit.UnsteadyRedis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** One node with a route {@code from: channel:trades} whose step a test writes, on a real Redis. */
final class WorkerBench implements AutoCloseable {
    final DefaultCamelContext camel = new DefaultCamelContext();
    final Channels channels = new Channels();
    final WakeUp wakeUp = new WakeUp();
    final Set<String> deadNodes = ConcurrentHashMap.newKeySet();
    final UnsteadyRedis redis;
    final Lanes lanes;
    /** What was sent, request by request: the titles that shared one, joined by a plus. */
    final Queue<String> sent = new ConcurrentLinkedQueue<>();

    private final Clock clock;
    private final NotificationIds ids;

    WorkerBench(RealRedis server, String node, Clock clock) throws Exception {
        this(server, node, clock, Duration.ofMillis(100));
    }

    WorkerBench(RealRedis server, String node, Clock clock, Duration lookAgain) throws Exception {
        this.clock = clock;
        this.ids = new NotificationIds(clock);
        this.redis = new UnsteadyRedis(server);
        this.lanes = new Lanes(new LaneSettings("test:", node, 100), redis, clock, wakeUp, type -> type);
        var configuration = new ChannelConfiguration(channels, lanes, wakeUp, deadNodes::contains, clock, lookAgain);
        camel.disableJMX();
        camel.getRegistry().bind("channelConfiguration", configuration);
        camel.start();
    }

    /** Makes the channel and its route; the step decides what becomes of each batch. */
    void run(Channel channel, Consumer<DeliveryBatch> step) throws Exception {
        channels.replace(Map.of(channel.name(), channel));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("channel:" + channel.name())
                        .routeId("deliver")
                        .errorHandler(noErrorHandler())
                        .process(exchange -> {
                            var batch = exchange.getProperty(DeliveryBatch.PROPERTY, DeliveryBatch.class);
                            sent.add(titles(batch));
                            step.accept(batch);
                        });
            }
        });
    }

    /** Delivers everything. */
    static void deliver(DeliveryBatch batch) {
        batch.settleAll(new Settlement.Delivered("m"));
    }

    Settlement.Hold hold(Duration wait, boolean attempt, boolean wholeLane) {
        return new Settlement.Hold(clock.instant().plus(wait), attempt, wholeLane, Mark.NONE, "held by a test");
    }

    /** Takes the route away, whatever it has under way. */
    void stopRoute() throws Exception {
        camel.getRouteController().stopRoute("deliver", 200, TimeUnit.MILLISECONDS);
        camel.removeRoute("deliver");
    }

    Notification put(String title) {
        return put(title, Priority.NORMAL, null, null);
    }

    Notification put(String title, Priority priority, @Nullable String recipient, @Nullable Instant expiresAt) {
        var notification = notification(title, priority, recipient, expiresAt);
        lanes.await(lanes.put("trades", notification, null));
        return notification;
    }

    Notification notification(
            String title, Priority priority, @Nullable String recipient, @Nullable Instant expiresAt) {
        return NotificationBuilder.of("trade.opened")
                .id(ids.next())
                .title(title)
                .data(Map.of("symbol", title.substring(0, 1)))
                .priority(priority)
                .recipient(recipient)
                .createdAt(clock.instant())
                .expiresAt(expiresAt)
                .build();
    }

    /** The same lane as another node has it. */
    Lane laneOf(String node) {
        return new Lane(
                "trades",
                new LaneSettings("test:", node, 0),
                redis,
                Clock.systemUTC(),
                new WakeUp(),
                new Soon(),
                () -> {});
    }

    LaneStatus status() {
        return lanes.of("trades").status();
    }

    void untilEmpty() {
        soon().until(() -> status().depth() == 0);
    }

    static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
    }

    private static String titles(DeliveryBatch batch) {
        return batch.entries().stream()
                .map(entry -> entry.notification().title())
                .collect(Collectors.joining("+"));
    }

    @Override
    public void close() {
        camel.stop();
    }
}
