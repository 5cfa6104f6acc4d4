package dev.mehari.history;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says which steps of a timeline were slow. Immutable. */
final class Slowness {
    static final String WARNING = "warning";
    static final String CRITICAL = "critical";

    private final HistoryProperties.Slow limits;

    Slowness(HistoryProperties.Slow limits) {
        this.limits = limits;
    }

    @Nullable
    String provider(long millis) {
        return word(millis, limits.providerWarning(), limits.providerCritical());
    }

    @Nullable
    String redis(long millis) {
        return word(millis, limits.redisWarning(), limits.redisCritical());
    }

    /** By what kind of component it is: a Redis, a database, or some API. */
    @Nullable
    String component(String name, long millis) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("redis")) {
            return redis(millis);
        }
        boolean database =
                lower.contains("postgres") || lower.contains("database") || lower.contains("sql") || lower.equals("db");
        return database ? word(millis, limits.databaseWarning(), limits.databaseCritical()) : provider(millis);
    }

    private static @Nullable String word(long millis, Duration warning, Duration critical) {
        if (millis > critical.toMillis()) {
            return CRITICAL;
        }
        return millis > warning.toMillis() ? WARNING : null;
    }
}
