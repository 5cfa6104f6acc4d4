package dev.mehari.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.internal.Futures;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.lang.reflect.Field;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionProvider;
import org.springframework.data.redis.connection.lettuce.LettuceSubscription;
import org.springframework.util.ReflectionUtils;

/**
 * Connections to one Redis that have the commands which wait for their answers only once somebody asks for them, and subscribe
 * without these (decision 0089).
 */
final class SparingConnections extends LettuceConnectionFactory {
    private static final Field ADDRESS =
            Objects.requireNonNull(ReflectionUtils.findField(RedisClient.class, "redisURI"), "redisURI");

    private SparingConnections(LettuceConnectionFactory like) {
        super(like.getStandaloneConfiguration(), like.getClientConfiguration());
    }

    /** Sentinels and clusters keep the factory that they have. */
    static LettuceConnectionFactory insteadOf(LettuceConnectionFactory factory) {
        return factory.isClusterAware() || factory.isRedisSentinelAware() ? factory : new SparingConnections(factory);
    }

    /** To the same address, which a client keeps to itself, with the same options. */
    @Override
    protected AbstractRedisClient createClient() {
        AbstractRedisClient made = super.createClient();
        ReflectionUtils.makeAccessible(ADDRESS);
        var address = (RedisURI) Objects.requireNonNull(ReflectionUtils.getField(ADDRESS, made));
        var client = new SparingClient(made.getResources(), address);
        client.setOptions(made.getOptions());
        return client;
    }

    @Override
    protected LettuceConnection doCreateLettuceConnection(
            StatefulRedisConnection<byte[], byte[]> shared,
            LettuceConnectionProvider provider,
            long timeout,
            int database) {
        return new LettuceConnection(shared, provider, timeout, database) {
            @Override
            protected LettuceSubscription doCreateSubscription(
                    MessageListener listener,
                    StatefulRedisPubSubConnection<byte[], byte[]> connection,
                    LettuceConnectionProvider provider) {
                return new Subscription(listener, connection, provider);
            }
        };
    }

    /** Waits for each command by itself, as long as the connection does. */
    private static final class Subscription extends LettuceSubscription {
        private final StatefulRedisPubSubConnection<byte[], byte[]> connection;
        private final RedisPubSubAsyncCommands<byte[], byte[]> commands;

        Subscription(
                MessageListener listener,
                StatefulRedisPubSubConnection<byte[], byte[]> connection,
                LettuceConnectionProvider provider) {
            super(listener, connection, provider);
            this.connection = connection;
            this.commands = connection.async();
        }

        @Override
        protected void doSubscribe(byte[]... channels) {
            await(commands.subscribe(channels));
        }

        @Override
        protected void doPsubscribe(byte[]... patterns) {
            await(commands.psubscribe(patterns));
        }

        @Override
        protected void doUnsubscribe(boolean all, byte[]... channels) {
            await(all ? commands.unsubscribe() : commands.unsubscribe(channels));
        }

        @Override
        protected void doPUnsubscribe(boolean all, byte[]... patterns) {
            await(all ? commands.punsubscribe() : commands.punsubscribe(patterns));
        }

        private void await(io.lettuce.core.RedisFuture<Void> answer) {
            Futures.awaitOrCancel(answer, connection.getTimeout().toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
