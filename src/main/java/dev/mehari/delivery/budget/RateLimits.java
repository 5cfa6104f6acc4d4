package dev.mehari.delivery.budget;

import dev.mehari.delivery.Outcome.Scope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Shows who waits for a budget, for how long, and what was refused all the same. Thread-safe. */
public class RateLimits {
    private final Map<String, Wait> waits = new ConcurrentHashMap<>();
    private final MeterRegistry meters;
    private final Clock clock;

    public RateLimits(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * A channel that waits.
     *
     * @param scope whose budget is spent: {@code channel}, {@code shared} or {@code host}
     * @param until when it is asked for again
     */
    public record Wait(String scope, Instant until) {}

    /** For what the channel waits, if this process works on its lane; empty when it does not wait. */
    public Optional<Wait> of(String channel) {
        return Optional.ofNullable(waits.get(channel))
                .filter(wait -> wait.until().isAfter(clock.instant()));
    }

    void waits(String channel, Scope scope, Duration time) {
        waits.put(channel, new Wait(word(scope), clock.instant().plus(time)));
    }

    /** The channel may send. */
    void over(String channel) {
        waits.remove(channel);
    }

    void waited(String channel, Scope scope, Duration time) {
        Timer.builder("mehari.rate-limit.wait")
                .description("Time that requests waited for their provider's budget")
                .tag("channel", channel)
                .tag("scope", word(scope))
                .register(meters)
                .record(time);
    }

    /** The provider answered 429. */
    void refused(String channel, Scope scope) {
        Counter.builder("mehari.rate-limited")
                .description("Requests that a provider refused with 429; 0 in steady state")
                .tag("channel", channel)
                .tag("scope", word(scope))
                .register(meters)
                .increment();
    }

    private static String word(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }
}
