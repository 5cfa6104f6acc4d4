package dev.mehari.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.testkit.RealRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

class SparingConnectionsIT {
    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private final LettuceConnectionFactory connections = SparingConnections.insteadOf(redis.connections());
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final MessageListener listener = (message, pattern) -> heard.add(new String(message.getBody()));

    @BeforeEach
    void start() {
        connections.afterPropertiesSet();
        connections.start();
    }

    @AfterEach
    void stop() {
        connections.destroy();
    }

    @Test
    void connections_goToTheSameDatabase() {
        new StringRedisTemplate(connections).opsForValue().set("key", "value");
        assertThat(redis.template().opsForValue().get("key")).isEqualTo("value");
        assertThat(connections.getNativeClient()).isInstanceOf(SparingClient.class);
    }

    @Test
    void subscription_hearsFromTheMomentItIsMade_untilItEnds() throws Exception {
        String name = "channel:" + System.nanoTime();
        try (var connection = connections.getConnection()) {
            connection.subscribe(listener, name.getBytes());
            redis.template().convertAndSend(name, "one");
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("one");

            connection.getSubscription().subscribe((name + ":b").getBytes());
            redis.template().convertAndSend(name + ":b", "two");
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("two");

            connection.getSubscription().unsubscribe((name + ":b").getBytes());
            assertThat(sent(name + ":b")).isZero();
            connection.getSubscription().unsubscribe();
            assertThat(sent(name)).isZero();
        }
    }

    @Test
    void patterns_areHeard_untilTheyEnd() throws Exception {
        String name = "pattern:" + System.nanoTime();
        try (var connection = connections.getConnection()) {
            connection.pSubscribe(listener, (name + "*").getBytes());
            redis.template().convertAndSend(name + ":b", "one");
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("one");

            connection.getSubscription().pUnsubscribe();
            assertThat(sent(name + ":b")).isZero();
        }
    }

    @Test
    void commandsThatWait_areThereForWhoeverAsks() {
        var client = (RedisClient) connections.getRequiredNativeClient();
        try (var connection = client.connect(ByteArrayCodec.INSTANCE)) {
            assertThat(connection.sync().ping()).isEqualTo("PONG");
        }
    }

    @Test
    void sentinels_keepTheirFactory() {
        var sentinels = new LettuceConnectionFactory(new RedisSentinelConfiguration("master", Set.of("h:1")));
        assertThat(SparingConnections.insteadOf(sentinels)).isSameAs(sentinels);
    }

    /** How many heard it. */
    private static Long sent(String channel) {
        return redis.template().convertAndSend(channel, "late");
    }
}
