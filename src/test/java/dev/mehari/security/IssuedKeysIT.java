package dev.mehari.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mehari.http.ApiException;
import dev.mehari.redis.RedisGate;
import dev.mehari.security.IssuedKeys.Known;
import dev.mehari.testkit.MutableClock;
import dev.mehari.testkit.RealRedis;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

/** Two nodes on one Redis. */
class IssuedKeysIT {
    private static final String CONFIGURED = "correct-horse-battery";

    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private final MutableClock clock = MutableClock.at("2026-11-20T10:00:00Z");
    private final Node here = new Node();
    private final Node there = new Node();

    private final class Node {
        private final ApiKeys keys = ApiKeys.load(List.of("bot:" + CONFIGURED), Path.of("unused"), clock);
        private final RedisMessageListenerContainer calls = new RedisMessageListenerContainer();
        private final IssuedKeys issued = new IssuedKeys(keys, gate(), "test-" + redis.database() + ":", clock);

        private void start() {
            calls.setConnectionFactory(redis.connections());
            calls.setTaskExecutor(Runnable::run);
            calls.addMessageListener(issued, new ChannelTopic(issued.topic()));
            calls.afterPropertiesSet();
            calls.start();
            issued.look();
        }

        private void stop() throws Exception {
            calls.destroy();
        }

        private String nameOf(String key) {
            return keys.nameOf("Bearer " + key);
        }
    }

    @SuppressWarnings("unchecked")
    private static RedisGate gate() {
        return new RedisGate(() -> (RedisClusterAsyncCommands<byte[], byte[]>)
                redis.connections().getConnection().getNativeConnection());
    }

    @BeforeEach
    void start() {
        here.start();
        there.start();
    }

    @AfterEach
    void stop() throws Exception {
        here.stop();
        there.stop();
    }

    @Test
    void aKey_opensAllNodes_andIsClosedOnAllOfThem() {
        var made = here.issued.make("ci");

        assertThat(made.key()).startsWith("mhr_").hasSize(36);
        assertThat(here.nameOf(made.key())).isEqualTo("ci");
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(there.nameOf(made.key())).isEqualTo("ci"));

        there.issued.revoke("ci");

        assertThat(there.nameOf(made.key())).isNull();
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(here.nameOf(made.key())).isNull());
        assertThat(here.nameOf(CONFIGURED)).isEqualTo("bot");
        assertThatThrownBy(() -> here.issued.revoke("ci")).hasMessageContaining("no key ci");
    }

    @Test
    void redis_holdsNoKey() {
        var made = here.issued.make("ci");

        var kept = redis.template().opsForHash().entries("test-" + redis.database() + ":{api-keys}:digests");
        assertThat(kept).containsOnlyKeys("ci");
        assertThat(kept.toString()).doesNotContain(made.key(), made.key().substring(4));
    }

    @Test
    void list_saysWhereKeysComeFromAndWhenTheyWereUsed() {
        var made = here.issued.make("ci");
        clock.advance(Duration.ofMinutes(5));
        assertThat(here.nameOf(made.key())).isEqualTo("ci");
        here.issued.look();

        assertThat(there.issued.all())
                .containsExactly(
                        new Known("bot", "configured", null, null),
                        new Known("ci", "issued", made.createdAt(), clock.instant()));
    }

    @Test
    void namesThatAreTakenOrNone_areRefused() {
        here.issued.make("ci");

        assertStatus(409, () -> there.issued.make("ci"));
        assertStatus(409, () -> here.issued.make("bot"));
        assertStatus(422, () -> here.issued.make("Not A Name"));
        assertThatThrownBy(() -> here.issued.revoke("bot")).hasMessageContaining("mehari.security.api-keys");
    }

    @Test
    void whatSomebodyElseLeftInRedis_opensNothing() {
        redis.template().opsForHash().put("test-" + redis.database() + ":{api-keys}:digests", "odd", "x");

        here.issued.look();

        assertThat(here.issued.all()).extracting(Known::name).containsExactly("bot");
    }

    private static void assertStatus(int status, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.status()).isEqualTo(status));
    }
}
