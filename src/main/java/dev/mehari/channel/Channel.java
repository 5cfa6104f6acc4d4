package dev.mehari.channel;

import dev.mehari.security.Secret;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code config/channels.yaml}, defaults applied and checked. Immutable.
 *
 * @param url where the provider is reached, token included; empty means the sandbox
 * @param fallback the channel that takes over when this one cannot deliver
 * @param expireAfter a delivery that has waited longer is recorded as expired
 * @param coalesce how many waiting cards may share one provider request
 * @param concurrency how many requests may be under way at once; 1 keeps strict order
 * @param orderBy with {@code concurrency} above 1: what must stay in order among itself, {@code recipient} or {@code data.KEY}
 * @param settings the keys that only this provider knows ({@code chat}, {@code username}, {@code headers}, ...); values
 *     may be secret, so they are left out of {@link #toString()}
 */
public record Channel(
        String name,
        @Nullable String description,
        String provider,
        Secret url,
        Throttle throttle,
        Retry retry,
        Breaker breaker,
        @Nullable String fallback,
        Duration expireAfter,
        int coalesce,
        int concurrency,
        @Nullable String orderBy,
        Map<String, Object> settings) {

    /** At most {@code requests} provider requests per {@code period}. */
    public record Throttle(int requests, Duration period) {}

    /** Exponential back-off: {@code attempts} in all, waits growing from {@code delay} to {@code maxDelay}. */
    public record Retry(int attempts, Duration delay, double multiplier, Duration maxDelay, double jitter) {}

    /**
     * Opens when {@code failureRate} percent of the last {@code window} calls failed (with at least {@code minimumCalls}),
     * and lets a trial call through after {@code openFor}.
     */
    public record Breaker(float failureRate, int window, int minimumCalls, Duration openFor) {}

    /** Whether nothing but the built-in imitation receives what this channel delivers. */
    public boolean sandboxed() {
        return url.isEmpty();
    }

    /** The same channel at another address. */
    public Channel withUrl(Secret other) {
        return new Channel(
                name,
                description,
                provider,
                other,
                throttle,
                retry,
                breaker,
                fallback,
                expireAfter,
                coalesce,
                concurrency,
                orderBy,
                settings);
    }

    /** The same channel with other keys of its provider. */
    public Channel withSettings(Map<String, Object> other) {
        return new Channel(
                name,
                description,
                provider,
                url,
                throttle,
                retry,
                breaker,
                fallback,
                expireAfter,
                coalesce,
                concurrency,
                orderBy,
                Map.copyOf(other));
    }

    @Override
    public String toString() {
        return "channel " + name + " (" + provider + (sandboxed() ? ", sandbox)" : ")");
    }
}
