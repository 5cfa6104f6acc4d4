package dev.mehari.history;

import static dev.mehari.redis.RedisScript.bytes;

import dev.mehari.redis.RedisGate;
import io.lettuce.core.SetArgs;
import java.time.Duration;

/** Which channels' alarms were raised, for all nodes: one raises it, once, until the ledger is whole again. */
final class LedgerAlarms {
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final RedisGate redis;
    private final String keyPrefix;

    LedgerAlarms(RedisGate redis, String keyPrefix) {
        this.redis = redis;
        this.keyPrefix = keyPrefix;
    }

    /** True for the one that shall raise it. */
    boolean raise(String channel) {
        var once = SetArgs.Builder.nx().ex(REMEMBERED);
        return redis.await(redis.commands().set(key(channel), bytes("1"), once)) != null;
    }

    void clear(String channel) {
        redis.await(redis.commands().del(key(channel)));
    }

    private byte[] key(String channel) {
        return bytes(keyPrefix + "ledger-alarm:" + channel);
    }
}
