package dev.mehari.embedded;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the embedded Redis again when it ends under a running gateway (out of memory, a stray kill). */
final class RedisWatch {
    private static final Logger log = LoggerFactory.getLogger(RedisWatch.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

    private RedisWatch() {}

    /** Watches, on a thread of its own and without polling, until the Redis is closed. */
    static void over(EmbeddedRedis redis) {
        Thread.ofVirtual().name("redis-watch").start(() -> watch(redis));
    }

    private static void watch(EmbeddedRedis redis) {
        try {
            while (!redis.isClosed()) {
                reviveOrWait(redis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reviveOrWait(EmbeddedRedis redis) throws InterruptedException {
        try {
            redis.reviveWhenItEnds();
        } catch (IOException | StartRefused e) {
            log.error("the embedded Redis cannot be started again, next try in {}: {}", BETWEEN_TRIES, e.getMessage());
            Thread.sleep(BETWEEN_TRIES);
        }
    }
}
