package dev.mehari.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.channel.Channel;
import dev.mehari.channel.ChannelConfiguration;
import dev.mehari.channel.Channels;
import dev.mehari.channel.LaneSettings;
import dev.mehari.channel.Lanes;
import dev.mehari.channel.Puts;
import dev.mehari.channel.WakeUp;
import dev.mehari.content.ContentLibrary;
import dev.mehari.redis.RedisGate;
import dev.mehari.redis.RedisScript;
import dev.mehari.routing.Routing.Request;
import dev.mehari.security.Secret;
import dev.mehari.testkit.NotificationBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way from a door to the channels: the shipped router, and what holds whatever stands in that file. */
class RoutingTest {
    private static final Map<String, String> CHANNEL_OF_TYPE = Map.ofEntries(
            Map.entry("trade.opened", "trades"),
            Map.entry("trade.closed", "trades"),
            Map.entry("trade.post-mortem", "trades"),
            Map.entry("system.alert", "alertes"),
            Map.entry("system.critical", "alertes"),
            Map.entry("performance.report", "performance"),
            Map.entry("performance.milestone", "performance"),
            Map.entry("report.daily", "performance"),
            Map.entry("report.weekly", "performance"),
            Map.entry("signal.analysis", "signal"),
            Map.entry("admin.message", "admin"),
            Map.entry("system.status", "admin"));

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        camel.stop();
    }

    @Test
    void everyTypeOfTheConfiguration_hasItsChannel() throws Exception {
        open(Files.readString(Path.of("routes/routing.yaml")));
        var content = new ContentLibrary();
        content.load(Path.of("config"));

        assertThat(content.types().names()).containsExactlyInAnyOrderElementsOf(CHANNEL_OF_TYPE.keySet());
        CHANNEL_OF_TYPE.forEach(
                (type, channel) -> assertThat(route(type, null)).as(type).containsExactly(channel));
        assertThat(count("unmatched")).isZero();
    }

    @Test
    void whatNothingMatches_goesToTheDefaultChannel_andIsCounted() throws Exception {
        open(Files.readString(Path.of("routes/routing.yaml")));
        assertThat(route("tradex.opened", null)).containsExactly("admin");
        assertThat(route("system.other", null)).containsExactly("admin");
        assertThat(count("unmatched")).isEqualTo(2);
    }

    @Test
    void channelOfTheProducer_goesPastTheRouter() throws Exception {
        open(Files.readString(Path.of("routes/routing.yaml")));
        assertThat(route("trade.opened", "signal")).containsExactly("signal");
    }

    @Test
    void routerThatFails_orSendsNowhere_losesNothing() throws Exception {
        open(router("- throwException: { exceptionType: java.lang.IllegalStateException, message: broken }"));
        assertThat(route("trade.opened", null)).containsExactly("admin");
        assertThat(count("failed")).isEqualTo(1);
    }

    @Test
    void routerThatDoesNothing_losesNothing() throws Exception {
        open(router("- log: nothing"));
        assertThat(route("trade.opened", null)).containsExactly("admin");
        assertThat(count("unmatched")).isEqualTo(1);
    }

    @Test
    void routerThatStops_losesNothing() throws Exception {
        open(router("- stop: {}"));
        assertThat(route("trade.opened", null)).containsExactly("admin");
        assertThat(count("unmatched")).isEqualTo(1);
    }

    @Test
    void routerThatFailsAfterAChannel_keepsThatChannel() throws Exception {
        open(router("- to: channel:trades", "- to: channel:gone"));
        assertThat(route("trade.opened", null)).containsExactly("trades");
        assertThat(count("failed")).isEqualTo(1);
    }

    @Test
    void fanOut_inParallel_losesNoChannel() throws Exception {
        open(router("""
                - multicast:
                            parallelProcessing: true
                            steps:
                              - to: channel:trades
                              - to: channel:alertes
                              - to: channel:performance
                              - to: channel:signal"""));
        for (int i = 0; i < 200; i++) {
            assertThat(route("trade.opened", null))
                    .containsExactlyInAnyOrder("trades", "alertes", "performance", "signal");
        }
    }

    private void open(String router) throws Exception {
        var channels = new Channels();
        channels.replace(Stream.of("trades", "alertes", "performance", "signal", "admin")
                .collect(Collectors.toMap(name -> name, RoutingTest::channel)));
        var lanes = new Lanes(
                new LaneSettings("test:", "node", 0),
                new WillingRedis(),
                Clock.systemUTC(),
                new WakeUp(),
                type -> type);
        camel.disableJMX();
        camel.getRegistry()
                .bind(
                        "channelConfiguration",
                        new ChannelConfiguration(
                                channels,
                                lanes,
                                new WakeUp(),
                                node -> false,
                                Clock.systemUTC(),
                                Duration.ofSeconds(1)));
        camel.addRoutes(new NotifyRoute(lanes, "admin", meters));
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("routing.yaml", router));
        camel.start();
    }

    private static String router(String... steps) {
        return "- route:\n    id: routing\n    from:\n      uri: direct:route\n      steps:\n"
                + Stream.of(steps).map(step -> "        " + step + "\n").collect(Collectors.joining());
    }

    private Collection<String> route(String type, @Nullable String channel) {
        var notification = NotificationBuilder.of(type)
                .id("01jd4y0000000000000000000a")
                .title("T")
                .build();
        var puts = new Puts(false);
        var answer = camel.createProducerTemplate()
                .send("direct:notify", exchange -> Routing.prepare(exchange, new Request(notification, channel), puts));
        assertThat(answer.getException()).isNull();
        return puts.channelsOf(notification.id());
    }

    private double count(String what) {
        return meters.counter("mehari.routing." + what).count();
    }

    /** Takes every put. */
    private static final class WillingRedis extends RedisGate {
        WillingRedis() {
            super(() -> null);
        }

        @Override
        public CompletionStage<List<Object>> list(RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
            return CompletableFuture.completedFuture(List.of(1L));
        }
    }

    private static Channel channel(String name) {
        return new Channel(
                name,
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
}
