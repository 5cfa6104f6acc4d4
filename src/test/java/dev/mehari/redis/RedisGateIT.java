package dev.mehari.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mehari.testkit.RealRedis;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisGateIT {
    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    @SuppressWarnings("unchecked")
    private final RedisGate gate = new RedisGate(() -> (RedisClusterAsyncCommands<byte[], byte[]>)
            redis.connections().getConnection().getNativeConnection());

    @Test
    void script_thatRedisDoesNotKnow_isSentWhole_andKnownFromThenOn() {
        var script = script("return redis.call('INCR', KEYS[1]) + ARGV[1] -- " + System.nanoTime());
        var keys = List.of(RedisScript.bytes("number"));
        var arguments = List.of(RedisScript.bytes(10));
        assertThat(gate.await(gate.integer(script, keys, arguments))).isEqualTo(11);
        assertThat(gate.await(gate.commands().scriptExists(script.sha()))).containsExactly(true);
        assertThat(gate.await(gate.integer(script, keys, arguments))).isEqualTo(12);
    }

    @Test
    void scriptThatFails_isNotRunTwice_andIsSaidAsAway() {
        var script = script("redis.call('INCR', KEYS[1]) return redis.call('NO-SUCH-COMMAND') -- " + System.nanoTime());
        var keys = List.of(RedisScript.bytes("number"));
        assertThatThrownBy(() -> gate.await(gate.integer(script, keys, List.of())))
                .isInstanceOf(RedisAway.class);
        assertThat(redis.template().opsForValue().get("number")).isEqualTo("1");
    }

    @Test
    void silence_isAwayAfterTheTimeOutOfTheConnection() {
        var impatient = ClientOptions.builder()
                .timeoutOptions(TimeoutOptions.enabled(Duration.ofMillis(20)))
                .build();
        try (var client = RedisClient.create("redis://" + RealRedis.host() + ":" + RealRedis.port())) {
            client.setOptions(impatient);
            var quiet = client.connect(ByteArrayCodec.INSTANCE).async();
            assertThatThrownBy(() -> gate.await(quiet.blpop(5, RedisScript.bytes("nothing-there"))))
                    .isInstanceOf(RedisAway.class)
                    .hasMessageContaining("timed out after 20 millisecond");
        }
    }

    @Test
    void interruption_isAway_andNotForgotten() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> gate.await(new CompletableFuture<>())).isInstanceOf(RedisAway.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static RedisScript script(String lua) {
        var source = RedisScript.bytes(lua);
        return new RedisScript("test", source, sha(source));
    }

    private static String sha(byte[] source) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-1").digest(source));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
