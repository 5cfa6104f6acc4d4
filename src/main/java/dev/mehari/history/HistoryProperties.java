package dev.mehari.history;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The keys under {@code mehari.history}.
 *
 * @param enabled whether anything is written at all
 * @param eventsKept about how many events a stream keeps in Redis while PostgreSQL is away
 * @param writeEvery how often waiting events are looked for
 */
@ConfigurationProperties("mehari.history")
public record HistoryProperties(boolean enabled, long eventsKept, Duration writeEvery, Keep keep, Slow slow) {

    /** How long rows stay, by what they are about. */
    public record Keep(Duration notifications, Duration payloads, Duration webhooks, Duration logs, Duration audit) {}

    /** From which duration on a step counts as slow, or very slow. */
    public record Slow(
            Duration providerWarning,
            Duration providerCritical,
            Duration redisWarning,
            Duration redisCritical,
            Duration databaseWarning,
            Duration databaseCritical) {}
}
