package dev.mehari.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.channel.Channel;
import dev.mehari.delivery.Outcome.Moved;
import dev.mehari.redis.RedisGate;
import dev.mehari.security.Secret;
import dev.mehari.testkit.RealRedis;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MovesIT {
    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private final Channel channel = channel("-1");

    @Test
    void move_isKnownAfterARestartAndForThatChatOnly() {
        var moves = moves();
        assertThat(moves.current(channel)).isSameAs(channel);
        assertThat(moves.remember(channel, new Moved("chat", "-1001"))).isTrue();
        for (var each : new Moves[] {moves, moves()}) {
            assertThat(each.current(channel).settings()).isEqualTo(Map.of("chat", "-1001", "topic", 7));
            assertThat(each.current(channel("-2")).settings()).containsEntry("chat", "-2");
        }
    }

    @Test
    void move_ofAChatThatWasNeverNamedIsKnownToo() {
        var moves = moves();
        var unnamed = channel.withSettings(Map.of());
        assertThat(moves.remember(unnamed, new Moved("chat", "-1001"))).isTrue();
        assertThat(moves.current(unnamed).settings()).isEqualTo(Map.of("chat", "-1001"));
        assertThat(moves.remember(unnamed, new Moved("chat", "-1001"))).isFalse();
    }

    @Test
    void moves_areFollowedToTheNewestPlaceButInNoCircle() {
        var moves = moves();
        moves.remember(channel, new Moved("chat", "-1001"));
        assertThat(moves.remember(channel, new Moved("chat", "-1002"))).isTrue();
        assertThat(moves.current(channel).settings()).containsEntry("chat", "-1002");
        assertThat(moves.remember(channel, new Moved("chat", "-1"))).isFalse();
        assertThat(moves.remember(channel, new Moved("chat", "-1002"))).isFalse();
        assertThat(moves.current(channel).settings()).containsEntry("chat", "-1002");
    }

    @SuppressWarnings("unchecked")
    private static Moves moves() {
        Supplier<RedisClusterAsyncCommands<byte[], byte[]>> connection =
                () -> (RedisClusterAsyncCommands<byte[], byte[]>)
                        redis.connections().getConnection().getNativeConnection();
        return new Moves(new RedisGate(connection), "mehari:");
    }

    private static Channel channel(String chat) {
        return new Channel(
                "ops",
                null,
                "telegram",
                Secret.NONE,
                new Channel.Throttle(1, Duration.ofSeconds(1)),
                new Channel.Retry(1, Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 0),
                new Channel.Breaker(50, 10, 5, Duration.ofSeconds(1)),
                null,
                Duration.ofHours(1),
                1,
                1,
                null,
                Map.of("chat", chat, "topic", 7));
    }
}
