package dev.mehari.ingest;

import dev.mehari.content.ContentLibrary;
import dev.mehari.http.TraceId;
import dev.mehari.notification.Draft;
import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationIds;
import dev.mehari.notification.Priority;
import dev.mehari.redis.RedisGate;
import dev.mehari.redis.RedisScript;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Gives drafts their identity. A dedupe key maps to one id for 24 h: a second request with the key takes the same id and
 * goes the same way to the end, where its puts are no-ops; so a first request that died half way is completed and
 * nothing doubles. Thread-safe.
 */
class Intake {
    private static final Duration REMEMBERED = Duration.ofHours(24);

    private final RedisGate redis;
    private final NotificationIds ids;
    private final ContentLibrary content;
    private final Clock clock;
    private final String keyPrefix;

    Intake(RedisGate redis, NotificationIds ids, ContentLibrary content, Clock clock, String keyPrefix) {
        this.redis = redis;
        this.ids = ids;
        this.content = content;
        this.clock = clock;
        this.keyPrefix = keyPrefix;
    }

    /** A notification, and whether its dedupe key had been seen before. */
    record Stamped(Notification notification, @Nullable String channel, boolean duplicate) {}

    /** @throws dev.mehari.redis.RedisAway the dedupe key cannot be looked up */
    Stamped stamp(Draft draft, String source) {
        return redis.await(start(draft, source, ids.next()));
    }

    /** Stamps many, with one round trip for all their keys. */
    List<Stamped> stampAll(List<Draft> drafts, String source) {
        var started =
                drafts.stream().map(draft -> start(draft, source, ids.next())).toList();
        return redis.awaitAll(started);
    }

    /**
     * Starts to stamp a draft.
     *
     * @param freshId the id it gets unless its dedupe key has one already
     */
    CompletionStage<Stamped> start(Draft draft, String source, String freshId) {
        var key = draft.dedupeKey();
        if (key == null) {
            return CompletableFuture.completedFuture(stamped(draft, source, freshId, false));
        }
        var redisKey = RedisScript.bytes(keyPrefix + "dedupe:" + key);
        var once = SetArgs.Builder.nx().ex(REMEMBERED);
        return redis.commands().set(redisKey, RedisScript.bytes(freshId), once).thenCompose(set -> {
            if (set != null) {
                return CompletableFuture.completedFuture(stamped(draft, source, freshId, false));
            }
            return redis.commands().get(redisKey).thenApply(known -> {
                var id = known == null ? freshId : new String(known, StandardCharsets.UTF_8);
                return stamped(draft, source, id, !id.equals(freshId));
            });
        });
    }

    /** A notification that nobody will remember. */
    Stamped forShow(Draft draft, String source) {
        return stamped(draft, source, ids.next(), false);
    }

    private Stamped stamped(Draft draft, String source, String id, boolean duplicate) {
        var known = content.types().find(draft.type());
        var priority = known.isPresent() ? known.get().priority() : Priority.NORMAL;
        var trace = draft.traceId() == null ? TraceId.random() : draft.traceId();
        return new Stamped(draft.stamp(id, source, trace, priority, clock.instant()), draft.channel(), duplicate);
    }
}
