package dev.mehari.delivery;

import dev.mehari.channel.Channel;
import dev.mehari.channel.ChannelConfiguration;
import dev.mehari.channel.Channels;
import dev.mehari.channel.LaneSettings;
import dev.mehari.channel.LaneStatus;
import dev.mehari.channel.Lanes;
import dev.mehari.channel.WakeUp;
import dev.mehari.content.CardRenderer;
import dev.mehari.content.ContentLibrary;
import dev.mehari.deadletter.DeadLettersForTests;
import dev.mehari.delivery.budget.BudgetSettings;
import dev.mehari.delivery.budget.ProviderBudget;
import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationIds;
import dev.mehari.security.Secret;
import dev.mehari.testkit.MutableClock;
import dev.mehari.testkit.NotificationBuilder;
import dev.mehari.testkit.RealRedis;
import dev.mehari.testkit.UnsteadyRedis;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** The shipped delivery and dead letter routes with all that is behind them, real lanes, and providers a test answers for. */
final class DeliveryBench implements AutoCloseable {
    static final LongestWait LONGEST_WAIT = new LongestWait(Duration.ofHours(6));

    final MutableClock clock = MutableClock.at("2026-11-20T18:00:00Z");
    final DefaultCamelContext camel = new DefaultCamelContext();
    final Channels channels = new Channels();
    final WakeUp wakeUp = new WakeUp();
    final AnsweringClient client = new AnsweringClient();
    final Queue<String> reports = new ConcurrentLinkedQueue<>();
    final UnsteadyRedis redis;
    final Lanes lanes;
    final Breakers breakers;
    final DeliveryRoutes routes;
    private final ScheduledExecutorService throttleClock = DeliveryConfiguration.throttleClock();
    volatile boolean reportsFail;

    private final RealRedis server;
    private final NotificationIds ids = new NotificationIds(clock);

    DeliveryBench(RealRedis server, Channel... configured) throws Exception {
        this.server = server;
        redis = new UnsteadyRedis(server);
        lanes = new Lanes(new LaneSettings("test:", "node", 100), redis, clock, wakeUp, type -> type);
        camel.disableJMX();
        breakers = new Breakers(CircuitBreakerRegistry.ofDefaults(), camel, new SimpleMeterRegistry());
        routes = new DeliveryRoutes(camel, channels, breakers, lanes);
        bind();
        camel.start();
        for (var file : List.of("routes/dead-letter.yaml", "routes/delivery.yaml")) {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.resolveResource(camel, "file:" + file));
        }
        channels.listen(routes);
        configure(configured);
    }

    private void bind() {
        var meters = new SimpleMeterRegistry();
        var content = new ContentLibrary();
        content.load(Path.of("config"));
        var providers = new Providers(List.of(new ScriptedProvider()));
        var moves = new Moves(redis, "test:");
        var log = new DeliveryLog(meters, clock);
        var budget = new NoBudget();
        var verdicts = new Verdicts(lanes, breakers, log, this::report, moves, budget, clock);
        var letters = DeadLettersForTests.over(server.template(), letter -> {}, clock);
        var writer = new RequestWriter(new CardRenderer(content, meters), providers, breakers, moves);
        var steps = new RouteSteps();
        var beans = Map.of(
                "channelConfiguration",
                new ChannelConfiguration(channels, lanes, wakeUp, node -> false, clock, Duration.ofMillis(50)),
                "acquireBudget",
                steps.acquireBudget(budget),
                "composeRequest",
                steps.composeRequest(writer),
                "judgeAnswer",
                steps.judgeAnswer(new AnswerJudge(log, budget, LONGEST_WAIT)),
                "giveUp",
                steps.giveUp(verdicts),
                "verdicts",
                verdicts,
                "deadLetterDesk",
                new DeadLetterDesk(letters, verdicts, budget, clock),
                "throttleClock",
                throttleClock,
                "egress",
                client);
        beans.forEach(camel.getRegistry()::bind);
    }

    private void report(Channel channel, String reason) {
        reports.add(channel.name() + ": " + reason);
        if (reportsFail) {
            throw new IllegalStateException("nobody hears reports");
        }
    }

    void configure(Channel... configured) throws Exception {
        channels.replace(Stream.of(configured)
                .collect(Collectors.toMap(Channel::name, one -> one, (one, same) -> one, LinkedHashMap::new)));
    }

    static Channel channel(String name, @Nullable String fallback, int coalesce, int attempts) {
        return new Channel(
                name,
                null,
                "scripted",
                Secret.of("https://example.com/" + name),
                new Channel.Throttle(10_000, Duration.ofSeconds(1)),
                new Channel.Retry(attempts, Duration.ofSeconds(1), 2, Duration.ofSeconds(60), 0),
                new Channel.Breaker(50, 20, 20, Duration.ofSeconds(30)),
                fallback,
                Duration.ofHours(24),
                coalesce,
                1,
                null,
                Map.of());
    }

    static Channel withHands(Channel channel, int concurrency) {
        return new Channel(
                channel.name(),
                null,
                channel.provider(),
                channel.url(),
                channel.throttle(),
                channel.retry(),
                channel.breaker(),
                channel.fallback(),
                channel.expireAfter(),
                channel.coalesce(),
                concurrency,
                null,
                Map.of());
    }

    Notification put(String channel, String title) {
        var notification = NotificationBuilder.of("trade.opened")
                .id(ids.next())
                .title(title)
                .createdAt(clock.instant())
                .build();
        lanes.await(lanes.put(channel, notification, null));
        wakeUp.call(channel);
        return notification;
    }

    LaneStatus status(String channel) {
        return lanes.of(channel).status();
    }

    List<String> deadLetters() {
        return server.template().opsForList().range("notifications:dead_letter", 0, -1);
    }

    void untilEnded(String channel) {
        soon().until(() -> status(channel).depth() == 0);
    }

    /** Waits until the lane is held, and answers until when. */
    Instant untilHeld(String channel) {
        soon().until(() -> status(channel).holdUntilMillis() > clock.millis());
        return Instant.ofEpochMilli(status(channel).holdUntilMillis());
    }

    /** Lets time pass, and has the lane looked at. */
    void pass(String channel, Duration time) {
        clock.advance(time);
        wakeUp.call(channel);
    }

    static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
    }

    @Override
    public void close() {
        camel.stop();
        throttleClock.shutdownNow();
    }

    /** Lets everything through. */
    private static final class NoBudget extends ProviderBudget {
        NoBudget() {
            super(
                    new BudgetSettings(Duration.ZERO, Duration.ZERO, null, null, null),
                    null,
                    null,
                    channel -> URI.create("https://example.com"),
                    channel -> java.util.Optional.empty(),
                    channel -> channel,
                    null,
                    batch -> true,
                    batch -> true,
                    LONGEST_WAIT,
                    java.time.Clock.systemUTC());
        }

        @Override
        public void acquire(Exchange exchange) {}

        @Override
        public void answered(Exchange exchange, ProviderAnswer answer, Outcome outcome) {}

        @Override
        public void unanswered(Exchange exchange, boolean sent) {}
    }
}
