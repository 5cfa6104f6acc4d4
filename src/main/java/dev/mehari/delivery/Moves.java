package dev.mehari.delivery;

import static dev.mehari.redis.RedisScript.bytes;

import dev.mehari.channel.Channel;
import dev.mehari.delivery.Outcome.Moved;
import dev.mehari.redis.RedisGate;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Destinations that have a new name, as their providers said. Kept in Redis under the old name, so that a restart does not
 * ask again, and an edit of {@code channels.yaml} is not overruled. Thread-safe.
 */
class Moves {
    /** A destination that has moved more often than this is moving in a circle. */
    private static final int MOST = 10;

    private final Map<String, Map<String, String>> known = new ConcurrentHashMap<>();
    private final RedisGate redis;
    private final String keyPrefix;

    Moves(RedisGate redis, String keyPrefix) {
        this.redis = redis;
        this.keyPrefix = keyPrefix;
    }

    /** The channel as it is to be written to now: itself for nearly all. */
    Channel current(Channel channel) {
        var moves = moves(channel.name());
        if (moves.isEmpty()) {
            return channel;
        }
        var settings = new HashMap<>(channel.settings());
        for (var field : moves.keySet()) {
            var setting = field.substring(0, field.indexOf(' '));
            newest(moves, setting, value(channel, setting)).ifPresent(to -> settings.put(setting, to));
        }
        return channel.withSettings(settings);
    }

    /**
     * Remembers where the destination is from now on.
     *
     * @param channel as the message that was refused had it
     * @return false when it was known already, or the provider sends in a circle
     */
    boolean remember(Channel channel, Moved moved) {
        var moves = moves(channel.name());
        var first = value(channel, moved.setting());
        var old = newest(moves, moved.setting(), first).orElse(first);
        boolean circle = moves.containsKey(field(moved.setting(), moved.to())) || old.equals(moved.to());
        if (circle || moves.size() >= MOST) {
            return false;
        }
        redis.await(redis.commands().hset(key(channel.name()), bytes(field(moved.setting(), old)), bytes(moved.to())));
        moves.put(field(moved.setting(), old), moved.to());
        return true;
    }

    /** Empty when it is where it was. */
    private static Optional<String> newest(Map<String, String> moves, String setting, String value) {
        var newest = value;
        for (int i = 0; i < MOST; i++) {
            newest = moves.getOrDefault(field(setting, newest), newest);
        }
        return newest.equals(value) ? Optional.empty() : Optional.of(newest);
    }

    private static String value(Channel channel, String setting) {
        return String.valueOf(channel.settings().getOrDefault(setting, ""));
    }

    private Map<String, String> moves(String channel) {
        return known.computeIfAbsent(channel, name -> {
            var moves = new ConcurrentHashMap<String, String>();
            redis.await(redis.commands().hgetall(key(name))).forEach((field, to) -> moves.put(text(field), text(to)));
            return moves;
        });
    }

    private byte[] key(String channel) {
        return bytes(keyPrefix + "{" + channel + "}:moved");
    }

    private static String field(String setting, String value) {
        return setting + " " + value;
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
