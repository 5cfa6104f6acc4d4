package dev.mehari.delivery;

import dev.mehari.channel.Channel;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How long to wait before the next try. Pure but for the jitter. */
final class Backoff {
    private Backoff() {}

    /**
     * @param attempt the number of the try that has just failed, from 1
     * @param retryAfter what the provider asked for; never waited less; bounded by {@link LongestWait} before
     */
    static Duration after(int attempt, Channel.Retry retry, @Nullable Duration retryAfter) {
        double factor = Math.pow(retry.multiplier(), Math.max(0, attempt - 1));
        double millis =
                Math.min(retry.delay().toMillis() * factor, retry.maxDelay().toMillis());
        double jitter = 1 + retry.jitter() * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        var wait = Duration.ofMillis(Math.max(1, Math.round(millis * jitter)));
        return retryAfter == null ? wait : max(wait, retryAfter);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
