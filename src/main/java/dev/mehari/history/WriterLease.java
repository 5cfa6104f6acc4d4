package dev.mehari.history;

import static dev.mehari.redis.RedisScript.bytes;

import dev.mehari.redis.RedisGate;
import dev.mehari.redis.RedisScript;
import java.time.Duration;
import java.util.List;

/**
 * The right to write the history, which one node has at a time. Should two believe to have it, nothing doubles: what they
 * write is idempotent. Used by one thread.
 */
final class WriterLease {
    private static final RedisScript LEASE = RedisScript.load("history-lease");
    private static final Duration LENGTH = Duration.ofSeconds(20);
    /** Younger than this it need not be asked for again: three quarters of it are left. */
    private static final Duration FRESH = LENGTH.dividedBy(4);

    private final RedisGate redis;
    private final byte[] key;
    private final String node;
    private long heldAt = System.nanoTime() - LENGTH.toNanos();

    WriterLease(RedisGate redis, byte[] key, String node) {
        this.redis = redis;
        this.key = key;
        this.node = node;
    }

    /** Takes or keeps it; false when another node has it. */
    boolean hold() {
        long asked = System.nanoTime();
        boolean ours = redis.await(ask(LENGTH.toMillis())) == 1;
        heldAt = ours ? asked : asked - LENGTH.toNanos();
        return ours;
    }

    /** The same for a look at what waits, which asks Redis only now and then. */
    boolean holdStill() {
        return System.nanoTime() - heldAt < FRESH.toNanos() || hold();
    }

    void giveUp() {
        redis.await(ask(0));
    }

    private java.util.concurrent.CompletionStage<Long> ask(long millis) {
        return redis.integer(LEASE, List.of(key), List.of(bytes(node), bytes(millis)));
    }
}
