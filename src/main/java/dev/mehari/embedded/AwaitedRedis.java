package dev.mehari.embedded;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * An embedded Redis that gets ready while the context goes on starting. It is a setting, Redis' address: who asks for it waits
 * until that Redis answers, or is refused with the reason why it will not. Thread-safe.
 */
final class AwaitedRedis extends EnumerablePropertySource<CompletableFuture<EmbeddedRedis>> implements AutoCloseable {
    static final String ADDRESS = "spring.data.redis.url";

    private AwaitedRedis(CompletableFuture<EmbeddedRedis> redis) {
        super("embedded Redis", redis);
    }

    /** Begins to start it, or takes over the one that runs in the folder; it is started again when it ends by itself. */
    static AwaitedRedis begin(RedisSettings settings) {
        return new AwaitedRedis(CompletableFuture.supplyAsync(
                () -> watched(EmbeddedRedis.start(settings)),
                task -> Thread.ofPlatform().daemon().name("redis-start").start(task)));
    }

    private static EmbeddedRedis watched(EmbeddedRedis redis) {
        RedisWatch.over(redis);
        return redis;
    }

    @Override
    public String[] getPropertyNames() {
        return new String[] {ADDRESS};
    }

    @Override
    public @Nullable Object getProperty(String name) {
        return name.equals(ADDRESS) ? awaitReady().url() : null;
    }

    private EmbeddedRedis awaitReady() {
        try {
            return getSource().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StartRefused refused ? refused : e;
        }
    }

    /** Stops it, also one that is still on its way. */
    @Override
    public void close() {
        getSource()
                .handle((redis, failure) -> redis)
                .thenAccept(AwaitedRedis::stop)
                .join();
    }

    private static void stop(@Nullable EmbeddedRedis redis) {
        if (redis != null) {
            redis.close();
        }
    }
}
