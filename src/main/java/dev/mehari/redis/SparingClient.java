package dev.mehari.redis;

import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.protocol.PushHandler;
import io.lettuce.core.pubsub.PubSubEndpoint;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnectionImpl;
import io.lettuce.core.pubsub.api.sync.RedisPubSubCommands;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;

/**
 * Each new connection of Lettuce makes an object for the commands that wait for their answers: a class of 800 methods, written
 * while the gateway starts, and a table of each of them. The gateway waits in other ways, so it is made when it is asked for.
 */
final class SparingClient extends RedisClient {
    SparingClient(ClientResources resources, RedisURI address) {
        super(resources, address);
    }

    @Override
    protected <K, V> StatefulRedisConnectionImpl<K, V> newStatefulRedisConnection(
            RedisChannelWriter writer, PushHandler pushed, RedisCodec<K, V> codec, Duration timeout) {
        return new Commands<>(writer, pushed, codec, timeout, this);
    }

    @Override
    protected <K, V> StatefulRedisPubSubConnectionImpl<K, V> newStatefulRedisPubSubConnection(
            PubSubEndpoint<K, V> endpoint, RedisChannelWriter writer, RedisCodec<K, V> codec, Duration timeout) {
        return new Subscribed<>(endpoint, writer, codec, timeout);
    }

    private static final class Commands<K, V> extends StatefulRedisConnectionImpl<K, V> {
        Commands(
                RedisChannelWriter writer,
                PushHandler pushed,
                RedisCodec<K, V> codec,
                Duration timeout,
                RedisClient client) {
            super(writer, pushed, codec, timeout, client.getOptions().getJsonParser());
        }

        /** The constructor of what this extends asks for it. */
        @Override
        @SuppressWarnings("NullAway")
        protected RedisCommands<K, V> newRedisSyncCommandsImpl() {
            return null;
        }

        @Override
        public RedisCommands<K, V> sync() {
            return super.newRedisSyncCommandsImpl();
        }
    }

    private static final class Subscribed<K, V> extends StatefulRedisPubSubConnectionImpl<K, V> {
        Subscribed(PubSubEndpoint<K, V> endpoint, RedisChannelWriter writer, RedisCodec<K, V> codec, Duration timeout) {
            super(endpoint, writer, codec, timeout);
        }

        @Override
        @SuppressWarnings("NullAway")
        protected RedisPubSubCommands<K, V> newRedisSyncCommandsImpl() {
            return null;
        }

        /** None: Spring's subscription asks for them in its constructor, and {@link SparingConnections} sends its commands itself. */
        @Override
        public RedisPubSubCommands<K, V> sync() {
            return newRedisSyncCommandsImpl();
        }
    }
}
