package dev.mehari.channel;

import static dev.mehari.redis.RedisScript.bytes;

import dev.mehari.redis.RedisAway;
import dev.mehari.redis.RedisGate;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that this process lives, in a key that expires without it; and tells whether another does. A node whose key is
 * gone for {@link #SILENCE} has lost its lanes to whoever asks first.
 */
class NodeLife implements ChannelConfiguration.Nodes, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLife.class);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration SIGN = Duration.ofSeconds(3);

    private final RedisGate redis;
    private final LaneSettings settings;
    private final ScheduledExecutorService signs = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("node-life").factory());

    NodeLife(RedisGate redis, LaneSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    void start() {
        sign();
        signs.scheduleAtFixedRate(this::sign, SIGN.toMillis(), SIGN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sign() {
        try {
            redis.await(redis.commands().set(key(settings.node()), bytes("1"), SetArgs.Builder.px(SILENCE)));
        } catch (RedisAway away) {
            LOG.debug("No sign of life: {}", away.getMessage());
        }
    }

    @Override
    public boolean gone(String node) {
        return redis.await(redis.commands().exists(key(node))) == 0;
    }

    private byte[] key(String node) {
        return bytes(settings.keyPrefix() + "node:" + node);
    }

    @Override
    public void close() {
        signs.shutdownNow();
        try {
            redis.await(redis.commands().del(key(settings.node())));
        } catch (RedisAway away) {
            LOG.debug("Redis was gone first: {}", away.getMessage());
        }
    }
}
