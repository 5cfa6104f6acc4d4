package dev.mehari.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.data.redis.ClientResourcesBuilderCustomizer;
import org.springframework.boot.autoconfigure.data.redis.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** How the gateway speaks to Redis: refuse at once while the connection is away, so that callers get their 503. */
@Configuration(proxyBeanMethods = false)
class RedisConfiguration {
    /** Netty's own chunks are 4 MB, one for each of its threads; ours are PAGE << CHUNK_SHIFT, 512 KB for all. */
    private static final int PAGE = 8192;

    private static final int CHUNK_SHIFT = 6;

    static {
        // Its events for a flight recorder would load the recorder at every start; -Dio.lettuce.core.jfr=true has them.
        if (System.getProperty("io.lettuce.core.jfr") == null) {
            System.setProperty("io.lettuce.core.jfr", "false");
        }
    }

    private final AtomicLong connections = new AtomicLong();

    @Bean
    LettuceClientOptionsBuilderCustomizer rejectWhileAway(@Value("${mehari.redis.timeout:2s}") Duration timeout) {
        return options -> options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.builder()
                        .timeoutSource(new Patience(timeout))
                        .build());
    }

    @Bean(destroyMethod = "stop")
    QuietTimer redisTimer() {
        return new QuietTimer();
    }

    /** Commands of many threads that are there at the same moment leave in one write, from buffers of small chunks. */
    @Bean
    ClientResourcesBuilderCustomizer oneWriteForMany(QuietTimer timer) {
        ByteBufAllocator buffers = new PooledByteBufAllocator(true, 0, 1, PAGE, CHUNK_SHIFT);
        return resources -> resources.timer(timer).nettyCustomizer(new NettyCustomizer() {
            @Override
            public void afterBootstrapInitialized(Bootstrap bootstrap) {
                bootstrap.option(ChannelOption.ALLOCATOR, buffers);
            }

            @Override
            public void afterChannelInitialized(Channel channel) {
                connections.incrementAndGet();
                channel.pipeline()
                        .addFirst(new FlushConsolidationHandler(
                                FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
            }
        });
    }

    /** Before the factory is first used. */
    @Bean
    static BeanPostProcessor sparingConnections() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                return bean instanceof LettuceConnectionFactory factory ? SparingConnections.insteadOf(factory) : bean;
            }
        };
    }

    /** A command that waits in Redis itself has that time besides. */
    static final class Patience extends TimeoutOptions.TimeoutSource {
        private final Duration timeout;

        Patience(Duration timeout) {
            this.timeout = timeout;
        }

        @Override
        public long getTimeout(RedisCommand<?, ?, ?> command) {
            boolean waits = command.getType() == CommandType.BLMOVE;
            return timeout.toMillis() + (waits ? RedisGate.LONGEST_WAIT.toMillis() : 0);
        }

        @Override
        public TimeUnit getTimeUnit() {
            return TimeUnit.MILLISECONDS;
        }
    }

    @Bean
    RedisGate redisGate(LettuceConnectionFactory factory) {
        return new RedisGate(new SharedConnection(factory), connections::get);
    }

    /** The factory's shared native connection, looked up once. */
    private static final class SharedConnection
            implements java.util.function.Supplier<RedisClusterAsyncCommands<byte[], byte[]>> {
        private final LettuceConnectionFactory factory;
        private volatile RedisClusterAsyncCommands<byte[], byte[]> commands;

        @SuppressWarnings("NullAway") // looked up at first use
        SharedConnection(LettuceConnectionFactory factory) {
            this.factory = factory;
        }

        @Override
        @SuppressWarnings("unchecked")
        public RedisClusterAsyncCommands<byte[], byte[]> get() {
            var known = commands;
            if (known == null) {
                try (var connection = factory.getConnection()) {
                    known = (RedisClusterAsyncCommands<byte[], byte[]>) connection.getNativeConnection();
                } catch (org.springframework.dao.DataAccessException e) {
                    throw new RedisAway("Redis is not reached: " + e.getMessage(), e);
                }
                commands = known;
            }
            return known;
        }
    }
}
