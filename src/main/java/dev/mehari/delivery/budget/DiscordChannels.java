package dev.mehari.delivery.budget;

import static dev.mehari.redis.RedisScript.bytes;

import dev.mehari.redis.RedisGate;
import dev.mehari.redis.RedisScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which Discord channel each webhook writes into, as Discord said. Kept in Redis, so that it is learnt once. Until it is
 * known a webhook counts as the only one of its channel; what it has sent until then is counted over. Thread-safe.
 */
public class DiscordChannels {
    private static final RedisScript LEARN = RedisScript.load("budget-learn");

    private static final String CHANNEL = "channel:";

    private final RedisGate redis;
    private final String keyPrefix;
    private final Duration counted;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    /** @param counted how long a request counts for a Discord channel */
    public DiscordChannels(RedisGate redis, String keyPrefix, Duration counted) {
        this.redis = redis;
        this.keyPrefix = keyPrefix;
        this.counted = counted;
    }

    /** The name of the budget that the webhook shares. */
    String of(String host, String webhook) {
        var channel = known.get(host + webhook);
        if (channel == null) {
            var stored = redis.await(
                    redis.commands().hget(BudgetKeys.of(keyPrefix, host).discordChannels(), bytes(webhook)));
            if (stored != null) {
                channel = new String(stored, StandardCharsets.UTF_8);
                known.put(host + webhook, channel);
            }
        }
        return channel == null ? unknown(webhook) : CHANNEL + channel;
    }

    /** Whether a name that {@link #of} gave is that of a Discord channel. */
    boolean knows(String shared) {
        return shared.startsWith(CHANNEL);
    }

    /** Takes note of what Discord said; nothing happens when that is known. A webhook can be moved, so the last word counts. */
    void said(String host, String webhook, String channel) {
        if (!channel.equals(known.get(host + webhook))) {
            learn(host, webhook, channel);
        }
    }

    void learn(String host, String webhook, String channel) {
        var keys = BudgetKeys.of(keyPrefix, host);
        redis.await(redis.integer(
                LEARN,
                List.of(keys.discordChannels(), keys.window(unknown(webhook)), keys.window(CHANNEL + channel)),
                List.of(
                        bytes(webhook),
                        bytes(channel),
                        bytes(counted.plusMinutes(1).toMillis()))));
        known.put(host + webhook, channel);
    }

    private static String unknown(String webhook) {
        return "channel-of:" + webhook;
    }
}
