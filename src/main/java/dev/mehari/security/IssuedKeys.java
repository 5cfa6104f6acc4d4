package dev.mehari.security;

import static dev.mehari.redis.RedisScript.bytes;
import static dev.mehari.redis.RedisScript.text;

import dev.mehari.http.ApiException;
import dev.mehari.http.Sha256;
import dev.mehari.redis.RedisAway;
import dev.mehari.redis.RedisGate;
import dev.mehari.security.ApiKey.Origin;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.SubscriptionListener;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Keys that are made and taken away while the gateway runs, by name. Redis holds their digests; each node holds a copy, which
 * it renews when another one calls, when its subscription begins anew, and every few seconds all the same. Thread-safe; the
 * methods that ask Redis throw {@link RedisAway}.
 */
public class IssuedKeys implements MessageListener, SubscriptionListener {
    private static final Logger LOG = LoggerFactory.getLogger(IssuedKeys.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private final ApiKeys keys;
    private final RedisGate redis;
    private final Clock clock;
    private final byte[] digests;
    private final byte[] uses;
    private final String topic;
    private final Map<String, Long> told = new HashMap<>();

    IssuedKeys(ApiKeys keys, RedisGate redis, String keyPrefix, Clock clock) {
        this.keys = keys;
        this.redis = redis;
        this.clock = clock;
        this.digests = bytes(keyPrefix + "{api-keys}:digests");
        this.uses = bytes(keyPrefix + "{api-keys}:used");
        this.topic = keyPrefix + "api-keys";
    }

    /** Where nodes tell each other that keys have changed. */
    String topic() {
        return topic;
    }

    /** @param key to be shown once: it is not kept */
    public record Made(String name, String key, Instant createdAt) {}

    /**
     * @param origin configured, first-start or issued; only an issued one can be revoked here
     * @param createdAt of an issued one
     * @param lastUsedAt to within some seconds
     */
    public record Known(
            String name,
            String origin,
            @Nullable Instant createdAt,
            @Nullable Instant lastUsedAt) {}

    /** Makes a key, in force on all nodes. A name that is taken is refused. */
    public Made make(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ApiException.invalid("name is '" + name
                    + "'; give up to 64 of a-z, 0-9, dot, hyphen and underscore, a letter or digit first.");
        }
        var key = ApiKeys.PREFIX + SecretFile.random();
        var now = Instant.ofEpochMilli(clock.millis());
        var kept = now.toEpochMilli() + " " + HexFormat.of().formatHex(Sha256.of(key));
        if (isFixed(name) || !redis.await(redis.commands().hsetnx(digests, bytes(name), bytes(kept)))) {
            throw new ApiException(409, "key-exists", "There is a key " + name + " already. Choose another name.");
        }
        tellAll();
        return new Made(name, key, now);
    }

    /** Takes a key away, on all nodes. */
    public void revoke(String name) {
        if (isFixed(name)) {
            throw new ApiException(
                    409,
                    "key-not-issued",
                    "The key " + name + " was not made here. Take it out of mehari.security.api-keys, or delete"
                            + " api-key in the data folder, and start anew.");
        }
        if (redis.await(redis.commands().hdel(digests, bytes(name))) == 0) {
            throw ApiException.notFound("key " + name);
        }
        redis.await(redis.commands().hdel(uses, bytes(name)));
        tellAll();
    }

    private boolean isFixed(String name) {
        return keys.fixed().stream().anyMatch(key -> key.name().equals(name));
    }

    /** The fixed ones first. */
    public List<Known> all() {
        redis.await(refresh());
        var used = redis.await(redis.commands().hgetall(uses));
        var elsewhere = new HashMap<String, Long>();
        used.forEach((name, millis) -> elsewhere.put(text(name), Long.parseLong(text(millis))));
        return keys.all().stream()
                .map(key -> known(key, elsewhere.getOrDefault(key.name(), 0L)))
                .toList();
    }

    private static Known known(ApiKey key, long usedElsewhere) {
        long used = Math.max(key.usedAt(), usedElsewhere);
        var origin = key.origin().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Known(key.name(), origin, key.createdAt(), used == 0 ? null : Instant.ofEpochMilli(used));
    }

    private void tellAll() {
        redis.await(refresh());
        redis.await(redis.commands().publish(bytes(topic), bytes("changed")));
    }

    /** Renews this node's copy; the copy of before holds until the answer is there. */
    private CompletionStage<?> refresh() {
        return redis.commands().hgetall(digests).thenAccept(this::take);
    }

    private void take(Map<byte[], byte[]> kept) {
        var before = new HashMap<String, ApiKey>();
        keys.all().forEach(key -> before.put(key.name(), key));
        var issued = new ArrayList<ApiKey>();
        kept.forEach((name, value) -> {
            var key = key(text(name), text(value));
            if (key != null) {
                var known = before.get(key.name());
                key.used(known == null ? 0 : known.usedAt());
                issued.add(key);
            }
        });
        keys.issued(issued);
    }

    private static @Nullable ApiKey key(String name, String value) {
        try {
            int space = value.indexOf(' ');
            var createdAt = Instant.ofEpochMilli(Long.parseLong(value.substring(0, space)));
            return new ApiKey(name, Origin.ISSUED, HexFormat.of().parseHex(value.substring(space + 1)), createdAt);
        } catch (IllegalArgumentException | IndexOutOfBoundsException notOurs) {
            LOG.warn("The entry {} of the API keys in Redis is none of ours; it opens nothing", name);
            return null;
        }
    }

    /** At the start, and now and then: a call may have been missed, and the last uses are told. */
    @Scheduled(fixedDelayString = "PT5S")
    void look() {
        try {
            redis.await(refresh());
            tellUses();
        } catch (RedisAway away) {
            LOG.debug("The API keys stay as they were: {}", away.getMessage());
        }
    }

    private void tellUses() {
        for (var key : keys.all()) {
            long used = key.usedAt();
            if (used > told.getOrDefault(key.name(), 0L)) {
                redis.await(redis.commands().hset(uses, bytes(key.name()), bytes(used)));
                told.put(key.name(), used);
            }
        }
    }

    @Override
    public void onMessage(Message message, byte @Nullable [] pattern) {
        refreshSoon();
    }

    @Override
    public void onChannelSubscribed(byte[] channel, long count) {
        refreshSoon();
    }

    /** Called on the connection's own thread, which must not wait. */
    private void refreshSoon() {
        try {
            refresh().exceptionally(away -> {
                LOG.debug("The API keys are read at the next look", away);
                return null;
            });
        } catch (RedisAway away) {
            LOG.debug("The API keys are read at the next look", away);
        }
    }
}
