package dev.mehari.embedded;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.stereotype.Component;

/** Asks the Redis, whoever runs it, at start whether lanes are safe in it, and refuses the start where they are not. */
@Component
final class RedisSafety implements InitializingBean {
    private static final Logger log = LoggerFactory.getLogger(RedisSafety.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final RedisConnectionFactory connections;
    private final boolean allowEviction;
    private final Duration patience;

    RedisSafety(
            RedisConnectionFactory connections,
            @Value("${mehari.redis.allow-eviction:false}") boolean allowEviction,
            @Value("${mehari.redis.wait:15s}") Duration patience) {
        this.connections = connections;
        this.allowEviction = allowEviction;
        this.patience = patience;
    }

    @Override
    public void afterPropertiesSet() {
        RedisFacts facts = facts();
        if (facts != null) {
            judge(facts);
        }
    }

    void judge(RedisFacts facts) {
        if (!facts.tooOld().isEmpty()) {
            throw new StartRefused("this Redis is version %s, and the lanes need 6.2 or newer (Valkey serves as well); "
                            .formatted(facts.tooOld().getFirst())
                    + "update it, or leave REDIS_URL empty for the embedded one");
        }
        if (!facts.evicting().isEmpty()) {
            refuseOrWarn(facts.evicting().getFirst());
        }
        if (facts.forgetsAtRestart()) {
            log.warn("this Redis keeps no append-only file: what waits in the lanes is lost when it stops; "
                    + "set appendonly yes in its configuration");
        }
    }

    private void refuseOrWarn(String policy) {
        String sentence = "this Redis may drop lanes, and so notifications, when its memory is full (maxmemory-policy "
                + policy + "); set maxmemory-policy noeviction there";
        if (!allowEviction) {
            throw new StartRefused(sentence + ", or accept the loss with mehari.redis.allow-eviction=true");
        }
        log.warn(sentence);
    }

    /** Null where this Redis does not let us ask, as some that are rented do. */
    private @Nullable RedisFacts facts() {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try (RedisConnection connection = connections.getConnection()) {
                return new RedisFacts(connection.serverCommands().info());
            } catch (RedisConnectionFailureException e) {
                if (refusesUs(e) || System.nanoTime() > end) {
                    throw unreachable(e);
                }
                pause();
            } catch (DataAccessException e) {
                log.info("this Redis does not answer INFO ({}); whether it evicts keys was not checked", deepest(e));
                return null;
            }
        }
    }

    private static boolean refusesUs(RedisConnectionFailureException e) {
        return deepest(e).matches("(WRONGPASS|NOAUTH|NOPERM|ERR).*");
    }

    private StartRefused unreachable(RedisConnectionFailureException e) {
        String where = connections instanceof LettuceConnectionFactory lettuce
                ? lettuce.getHostName() + ":" + lettuce.getPort()
                : "the configured address";
        return new StartRefused(
                "no Redis answers at %s (%s); start it, mend REDIS_URL, or leave that empty for the embedded one"
                        .formatted(where, deepest(e)),
                e);
    }

    private static String deepest(Exception e) {
        return String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage());
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefused("the start was interrupted", e);
        }
    }
}
