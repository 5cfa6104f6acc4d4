package dev.mehari.delivery.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mehari.Mehari;
import dev.mehari.channel.Lanes;
import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationIds;
import dev.mehari.sandbox.Fault;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.sandbox.discord.DiscordLimits;
import dev.mehari.sandbox.discord.DiscordWebhook;
import dev.mehari.sandbox.telegram.TelegramLimits;
import dev.mehari.testkit.NotificationBuilder;
import dev.mehari.testkit.RealRedis;
import dev.mehari.testkit.SimulatorServer;
import dev.mehari.testkit.WithoutTestClasses;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole gateway before strict providers, Discord and Telegram with periods about a tenth of the real ones. */
class ProviderBudgetIT {
    private static final DiscordLimits LIMITS =
            DiscordLimits.real().withWebhook(5, Duration.ofMillis(200)).withChannel(30, Duration.ofSeconds(6));

    private static final TelegramLimits TELEGRAM =
            new TelegramLimits(2, Duration.ofMillis(300), 1, Duration.ofMillis(200), 20, Duration.ofSeconds(6));

    /** Not emptied between tests: the gateway goes on. */
    private static final RealRedis redis = new RealRedis();

    @TempDir
    static Path folder;

    private static SimulatorServer discord;
    private static SimulatorServer elsewhere;
    private static ConfigurableApplicationContext gateway;

    @BeforeAll
    static void start() throws IOException {
        redis.flush();
        discord = SimulatorServer.start(LIMITS, TELEGRAM, Clock.systemUTC());
        elsewhere = SimulatorServer.start(LIMITS, Clock.systemUTC());
        var config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("channels.yaml"), """
                defaults:
                  provider: discord
                  throttle: { requests: 1000, period: 1s }
                channels:
                  admin: { url: "%s" }
                  stream: { url: "%s" }
                  calm: { url: "%s" }
                  left: { url: "%s" }
                  right: { url: "%s" }
                  late: { url: "%s", thread: "77" }
                  first: { url: "%s" }
                  second: { url: "%s" }
                  group: { provider: telegram, url: "%s", chat: "-1001", coalesce: 1 }
                  person: { provider: telegram, url: "%s", chat: "77", coalesce: 1 }
                  work: { provider: slack, url: "%s", coalesce: 1 }
                """.formatted(
                        discord.discord(DiscordWebhook.of("admin")),
                        discord.discord(DiscordWebhook.of("stream")),
                        discord.discord(DiscordWebhook.of("calm")),
                        discord.discord(DiscordWebhook.in("left", "both")),
                        discord.discord(DiscordWebhook.in("right", "both")),
                        discord.discord(DiscordWebhook.in("late", "both")),
                        elsewhere.discord(DiscordWebhook.of("first")),
                        elsewhere.discord(DiscordWebhook.of("second")),
                        discord.urlOf("bot", "telegram"),
                        discord.urlOf("bot", "telegram"),
                        discord.urlOf("work", "slack")));
        Files.copy(Path.of("config/types.yaml"), config.resolve("types.yaml"));
        Files.createSymbolicLink(
                config.resolve("templates"), Path.of("config/templates").toAbsolutePath());
        gateway = new SpringApplicationBuilder(Mehari.class)
                .initializers(context ->
                        context.getBeanFactory().registerSingleton("withoutTestClasses", new WithoutTestClasses()))
                .run(
                        "--server.port=0",
                        // Beside the gateway of the journeys, in one process.
                        "--spring.jmx.enabled=false",
                        "--camel.main.jmx-enabled=false",
                        "--mehari.redis.url=" + redis.url(),
                        "--mehari.redis.key-prefix=budget:",
                        "--mehari.data-dir=" + folder.resolve("data"),
                        "--mehari.config-dir=" + config,
                        "--mehari.delivery.budget.discord.webhook-period=200ms",
                        "--mehari.delivery.budget.discord.channel-period=6s",
                        "--mehari.delivery.budget.telegram.chat-period=200ms",
                        "--mehari.delivery.budget.telegram.group-period=6s",
                        "--mehari.delivery.budget.telegram.bot-requests=2",
                        "--mehari.delivery.budget.telegram.bot-period=300ms",
                        "--mehari.delivery.budget.margin=10ms",
                        "--mehari.delivery.host-ban=3s");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        discord.close();
        elsewhere.close();
        redis.connections().destroy();
    }

    @Test
    void aBacklog_goesOutInOrder_inTheFewestRequests_withoutOneRefusal() {
        put("admin", 400);
        arrived("admin", 400);

        assertThat(titles("admin")).isEqualTo(names(400));
        assertThat(discord.messages("admin")).hasSizeBetween(40, 43);
        assertNothingRefused();
    }

    @Test
    void webhooksOfOneDiscordChannel_shareItsLimit_alsoOneThatComesWhenItIsSpent() {
        put("left", 150);
        put("right", 150);
        arrived("left", 150);
        arrived("right", 150);

        put("late", 1);
        arrived("late", 1);
        assertThat(titles("left")).isEqualTo(names(150));
        assertThat(titles("right")).isEqualTo(names(150));
        assertNothingRefused();
    }

    /** More than a group takes in its period, and two chats at once more than their bot may write. */
    @Test
    void telegramAndSlack_refuseNothing() {
        put("group", 24);
        put("person", 8);
        put("work", 7);
        await().atMost(Duration.ofSeconds(40))
                .until(() -> discord.messages("bot").size()
                                        + discord.messages("work").size()
                                >= 39
                        || !discord.violations().isEmpty());

        for (var chat : Map.of("-1001", 24, "77", 8).entrySet()) {
            assertThat(discord.messages("bot").stream()
                            .filter(message ->
                                    chat.getKey().equals(message.extra().get("chat")))
                            .map(message -> message.content().replaceAll("(?s)<b>(n\\d+)</b>.*", "$1")))
                    .containsExactlyElementsOf(names(chat.getValue()));
        }
        assertThat(discord.messages("work")).hasSize(7);
        assertNothingRefused();
    }

    /** At half of what the limit carries: sent as they come, the budget would be spent for seconds at a time. */
    @Test
    void aSteadyStream_isSpreadOverThePeriod() {
        var lanes = gateway.getBean(Lanes.class);
        var next = new AtomicInteger();
        await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(40))
                .until(() -> {
                    lanes.await(lanes.put("stream", notification("n" + next.get()), null));
                    return next.incrementAndGet() == 300;
                });
        arrived("stream", 300);

        assertThat(titles("stream")).isEqualTo(names(300));
        assertThat(longestLatency("stream")).isLessThan(Duration.ofSeconds(2));
        assertNothingRefused();
    }

    @Test
    void aBan_stopsAllThatGoesToItsHost_andNothingElse() {
        // The question that goes before the first message is answered so, too: nothing comes of that.
        elsewhere.faults().put("first", Fault.of(Fault.Kind.BANNED).times(2));
        put("first", 1);
        var limits = gateway.getBean(RateLimits.class);
        await().until(() -> limits.of("first").isPresent());
        put("second", 1);

        await().until(() -> limits.of("second").isPresent());
        assertThat(limits.of("second").orElseThrow().scope()).isEqualTo("host");
        put("calm", 1);
        await().until(() -> titles("calm").size() == 1);
        assertThat(elsewhere.messages("second")).isEmpty();
        await().until(() -> elsewhere.messages("first").size() == 1
                && elsewhere.messages("second").size() == 1);
        var lane = gateway.getBean(Lanes.class).of("first");
        await().untilAsserted(() -> assertThat(lane.status().count("delivered")).isEqualTo(1));
        assertThat(elsewhere.violations()).isEmpty();
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
    }

    /** From the making of the oldest notification of a message, which its timestamp tells, to its arrival. */
    private Duration longestLatency(String channel) {
        return discord.messages(channel).stream()
                .map(message -> Duration.between(
                        OffsetDateTime.parse(message.embeds()
                                        .path(0)
                                        .path("timestamp")
                                        .textValue())
                                .toInstant(),
                        message.at()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private void put(String channel, int count) {
        var lanes = gateway.getBean(Lanes.class);
        for (int i = 0; i < count; i++) {
            lanes.await(lanes.put(channel, notification("n" + i), null));
        }
    }

    private void arrived(String channel, int count) {
        await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        titles(channel).size() >= count || !discord.violations().isEmpty());
    }

    private void assertNothingRefused() {
        assertThat(discord.violations()).isEmpty();
        var refused = gateway.getBean(MeterRegistry.class).find("mehari.rate-limited");
        assertThat(refused.counters())
                .allMatch(counter -> "first".equals(counter.getId().getTag("channel")));
    }

    private List<String> titles(String channel) {
        return discord.messages(channel).stream()
                .flatMap(ProviderBudgetIT::titles)
                .toList();
    }

    private static Stream<String> titles(InboxMessage message) {
        return StreamSupport.stream(message.embeds().spliterator(), false)
                .map(embed -> embed.path("title").textValue());
    }

    private Notification notification(String title) {
        var ids = gateway.getBean(NotificationIds.class);
        var id = ids.next();
        return NotificationBuilder.of("test.note")
                .id(id)
                .title(title)
                .text("text")
                .traceId(id)
                .createdAt(Clock.systemUTC().instant())
                .build();
    }
}
