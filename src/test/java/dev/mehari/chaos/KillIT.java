package dev.mehari.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mehari.testkit.Caller;
import dev.mehari.testkit.GatewayProcess;
import dev.mehari.testkit.Sink;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway, or its Redis, is killed under load: whatever was accepted arrives, in the order of its channel. */
@Order(1) // the longest: others run beside it
class KillIT {
    private static final List<String> HTTP = List.of("one", "two", "three", "four");
    private static final int EACH = 800;

    @TempDir
    Path folder;

    private final Sink sink = new Sink();
    private final AtomicReference<Caller> caller = new AtomicReference<>();
    private GatewayProcess gateway;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(folder.resolve("config"));
        Files.copy(Path.of("config/application.yaml"), folder.resolve("config/application.yaml"));
        Files.copy(Path.of("config/types.yaml"), folder.resolve("config/types.yaml"));
        StringBuilder channels = new StringBuilder("""
                defaults:
                  provider: webhook
                  throttle: { requests: 100000, period: 1s }
                  retry: { attempts: 100, delay: 100ms, max-delay: 500ms }
                  breaker: { failure-rate: 100, window: 1000, minimum-calls: 1000 }
                channels:
                """);
        for (String name : List.of(
                "one", "two", "three", "four", "listed", "trades", "alertes", "performance", "signal", "admin")) {
            channels.append("  %s: { url: \"%s\" }%n".formatted(name, sink.url(name)));
        }
        Files.writeString(folder.resolve("config/channels.yaml"), channels);
        gateway = GatewayProcess.ofClasses(folder).start();
        caller.set(gateway.caller());
    }

    @AfterEach
    void stop() {
        gateway.close();
        sink.close();
    }

    @Test
    void killedTwiceUnderLoad_deliversAllThatWasAccepted_inOrder() throws Exception {
        try (Load load = new Load(HTTP, EACH, caller::get)) {
            Thread pushing = Thread.ofVirtual().start(() -> push(EACH));
            for (int kill = 1; kill <= 2; kill++) {
                int enough = kill * HTTP.size() * EACH / 3;
                await().atMost(Duration.ofMinutes(2)).until(() -> load.accepted() >= enough);
                gateway.kill();
                gateway.start();
                caller.set(gateway.caller());
            }
            load.await();
            pushing.join();
            assertThat(load.refusals()).isSubsetOf(503);
        }
        assertAllArrived(List.of("one", "two", "three", "four", "listed"));
    }

    @Test
    void withItsRedisHungAndKilledUnderLoad_answers503_andLosesNothing() throws Exception {
        try (Load load = new Load(HTTP, EACH, caller::get)) {
            await().atMost(Duration.ofMinutes(2)).until(() -> load.accepted() >= EACH);
            hangAndKillRedis(load);
            load.await();
            assertThat(load.refusals()).containsExactly(503);
            assertThat(load.withoutRetryAfter()).isEmpty();
        }
        assertAllArrived(HTTP);
    }

    /** First it answers nobody any more, then it is killed; the gateway starts it again. */
    private void hangAndKillRedis(Load load) throws Exception {
        String redis = Files.readString(folder.resolve("data/redis/redis.pid")).strip();
        new ProcessBuilder("sh", "-c", "kill -STOP " + redis).start().waitFor();
        await().atMost(Duration.ofSeconds(30)).until(() -> load.refusals().contains(503));
        ProcessHandle.of(Long.parseLong(redis)).orElseThrow().destroyForcibly();
    }

    private void push(int count) {
        RedisClient client = RedisClient.create("redis://127.0.0.1:" + gateway.redisPort());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            for (int number = 1; number <= count; number++) {
                connection.sync().lpush("notifications:queue", """
                        {"type":"chaos.note","channel":"listed","data":{"number":%d}}""".formatted(number));
            }
        } catch (RedisException e) {
            throw new AssertionError(e);
        } finally {
            client.shutdown();
        }
    }

    private void assertAllArrived(List<String> channels) {
        List<Integer> all = IntStream.rangeClosed(1, EACH).boxed().toList();
        for (String channel : channels) {
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(
                            () -> assertThat(sink.firsts(channel)).as(channel).hasSize(EACH));
            assertThat(sink.firsts(channel)).as("order of " + channel).isEqualTo(all);
            System.out.printf(
                    "%s: %d, of which %d repeated%n", channel, sink.count(channel), sink.count(channel) - EACH);
            assertThat(sink.count(channel)).as("repeated only around a kill").isLessThan(EACH + 20);
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var stats = caller.get().get("/api/v1/stats").json();
            assertThat(stats.path("balanced").asBoolean()).as(stats.toString()).isTrue();
            assertThat(stats.at("/total/inFlight").asInt()).as(stats.toString()).isZero();
        });
    }
}
