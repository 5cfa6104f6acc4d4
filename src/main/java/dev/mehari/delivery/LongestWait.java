package dev.mehari.delivery;

import dev.mehari.delivery.Outcome.RateLimited;
import dev.mehari.delivery.Outcome.Retry;
import java.time.Duration;

/**
 * The one bound of what providers ask for: who names an absurd time is asked again after this one all the same.
 * {@code mehari.delivery.longest-wait}.
 */
public record LongestWait(Duration duration) {

    /** The shorter one of both. */
    public Duration bound(Duration asked) {
        return asked.compareTo(duration) < 0 ? asked : duration;
    }

    /** The same outcome with a bounded wait. */
    Outcome bound(Outcome outcome) {
        return switch (outcome) {
            case RateLimited limited -> new RateLimited(bound(limited.delay()), limited.scope());
            case Retry retry ->
                retry.retryAfter() == null ? retry : new Retry(retry.reason(), bound(retry.retryAfter()));
            default -> outcome;
        };
    }
}
