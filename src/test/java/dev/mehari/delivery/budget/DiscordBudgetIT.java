package dev.mehari.delivery.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mehari.Mehari;
import dev.mehari.channel.Lanes;
import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationIds;
import dev.mehari.notification.Priority;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.sandbox.discord.DiscordLimits;
import dev.mehari.sandbox.discord.DiscordWebhook;
import dev.mehari.testkit.RealRedis;
import dev.mehari.testkit.SimulatorServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** The whole gateway before a strict Discord, with periods a tenth of the real ones: 5 in 200 ms, 30 in 6 s. */
class DiscordBudgetIT {
    private static final DiscordLimits LIMITS = DiscordLimits.real()
            .withWebhook(5, Duration.ofMillis(200))
            .withChannel(30, Duration.ofSeconds(6));

    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    @TempDir
    Path folder;

    private SimulatorServer discord;
    private ConfigurableApplicationContext gateway;

    @BeforeEach
    void start() throws IOException {
        discord = SimulatorServer.start(LIMITS, Clock.systemUTC());
        var config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("channels.yaml"),
                """
                defaults:
                  provider: discord
                  throttle: { requests: 1000, period: 1s }
                channels:
                  admin: { url: "%s" }
                  left: { url: "%s" }
                  right: { url: "%s" }
                """
                        .formatted(
                                discord.discord(DiscordWebhook.of("admin")),
                                discord.discord(DiscordWebhook.in("left", "both")),
                                discord.discord(DiscordWebhook.in("right", "both"))));
        Files.copy(Path.of("config/types.yaml"), config.resolve("types.yaml"));
        Files.createSymbolicLink(config.resolve("templates"), Path.of("config/templates").toAbsolutePath());
        gateway = new SpringApplicationBuilder(Mehari.class)
                .initializers(context ->
                        context.getBeanFactory().registerSingleton("withoutTestClasses", new WithoutTestClasses()))
                .run(
                        "--server.port=0",
                        "--mehari.redis.url=" + redis.url(),
                        "--mehari.redis.key-prefix=budget:",
                        "--mehari.data-dir=" + folder.resolve("data"),
                        "--mehari.config-dir=" + config,
                        "--mehari.delivery.budget.discord.webhook-period=200ms",
                        "--mehari.delivery.budget.discord.channel-period=6s",
                        "--mehari.delivery.budget.margin=10ms");
    }

    @AfterEach
    void stop() {
        gateway.close();
        discord.close();
    }

    @Test
    void aBacklog_goesOutInOrder_inTheFewestRequests_withoutOneRefusal() {
        put("admin", 400);
        arrived("admin", 400);

        assertThat(titles("admin")).isEqualTo(IntStream.range(0, 400).mapToObj(i -> "n" + i).toList());
        assertThat(discord.messages("admin")).hasSizeBetween(40, 43);
        assertNothingRefused();
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
                .until(() -> titles(channel).size() >= count || !discord.violations().isEmpty());
    }

    private void assertNothingRefused() {
        assertThat(discord.violations()).isEmpty();
        assertThat(gateway.getBean(MeterRegistry.class).find("mehari.rate-limited").counters()).isEmpty();
    }

    private List<String> titles(String channel) {
        return discord.messages(channel).stream().flatMap(DiscordBudgetIT::titles).toList();
    }

    private static Stream<String> titles(InboxMessage message) {
        return StreamSupport.stream(message.embeds().spliterator(), false)
                .map(embed -> embed.path("title").textValue());
    }

    private Notification notification(String title) {
        var ids = gateway.getBean(NotificationIds.class);
        var id = ids.next();
        return new Notification(
                id, "test.note", title, "text", Map.of(), Priority.NORMAL, null, "test", id, null,
                Clock.systemUTC().instant(), null, List.of());
    }

    /** What other tests configure for themselves is no part of the gateway. */
    private static final class WithoutTestClasses extends TypeExcludeFilter {
        @Override
        public boolean match(MetadataReader candidate, MetadataReaderFactory others) throws IOException {
            return candidate.getResource().getURL().getPath().contains("/test-classes/");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof WithoutTestClasses;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
