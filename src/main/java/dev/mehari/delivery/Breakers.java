package dev.mehari.delivery;

import dev.mehari.channel.Channel;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;

/**
 * One circuit breaker a channel, kept outside its route so that an edit of the route does not forget its state. The
 * route finds it in Camel's registry as {@code breaker-NAME}. Thread-safe.
 */
class Breakers {
    private final CircuitBreakerRegistry registry;
    private final CamelContext camel;
    private final MeterRegistry meters;
    private final Set<String> metered = ConcurrentHashMap.newKeySet();

    Breakers(CircuitBreakerRegistry registry, CamelContext camel, MeterRegistry meters) {
        this.registry = registry;
        this.camel = camel;
        this.meters = meters;
    }

    /** Name in Camel's registry. */
    static String beanName(String channel) {
        return "breaker-" + channel;
    }

    CircuitBreaker of(String channel) {
        return registry.circuitBreaker(channel);
    }

    /** Makes the breaker of a channel, or makes it anew when its settings have changed. */
    void prepare(Channel channel) {
        var wanted = config(channel.breaker());
        var known = registry.find(channel.name());
        if (known.isEmpty() || !same(known.get().getCircuitBreakerConfig(), wanted)) {
            registry.remove(channel.name());
            camel.getRegistry().bind(beanName(channel.name()), registry.circuitBreaker(channel.name(), wanted));
        }
        if (!metered.add(channel.name())) {
            return;
        }
        Gauge.builder("mehari.breaker.state", () -> number(channel.name()))
                .description("0 closed, 1 half-open, 2 open, 3 forced open: the provider rejects the channel")
                .tag("channel", channel.name())
                .register(meters);
    }

    private int number(String channel) {
        return switch (of(channel).getState()) {
            case HALF_OPEN -> 1;
            case OPEN -> 2;
            case FORCED_OPEN -> 3;
            default -> 0;
        };
    }

    /** Brings the breaker in line with what is known of the destination: a broken one is not called at all. */
    void align(String channel, boolean broken) {
        var breaker = of(channel);
        if (broken && breaker.getState() != State.FORCED_OPEN) {
            breaker.transitionToForcedOpenState();
        } else if (!broken && breaker.getState() == State.FORCED_OPEN) {
            breaker.reset();
        }
    }

    boolean open(String channel) {
        var state = of(channel).getState();
        return state == State.OPEN || state == State.FORCED_OPEN;
    }

    /** Open, and not yet ready for a trial: for the time being nothing is sent. */
    boolean resting(String channel) {
        return of(channel).getState() == State.OPEN;
    }

    private static CircuitBreakerConfig config(Channel.Breaker breaker) {
        return CircuitBreakerConfig.custom()
                .failureRateThreshold(breaker.failureRate())
                .slidingWindowSize(breaker.window())
                .minimumNumberOfCalls(Math.min(breaker.minimumCalls(), breaker.window()))
                .waitDurationInOpenState(breaker.openFor())
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .permittedNumberOfCallsInHalfOpenState(1)
                .ignoreException(problem -> problem instanceof AttemptFailed failed && !failed.againstTheChannel())
                .build();
    }

    private static boolean same(CircuitBreakerConfig one, CircuitBreakerConfig other) {
        return one.getFailureRateThreshold() == other.getFailureRateThreshold()
                && one.getSlidingWindowSize() == other.getSlidingWindowSize()
                && one.getMinimumNumberOfCalls() == other.getMinimumNumberOfCalls()
                && one.getWaitIntervalFunctionInOpenState()
                        .apply(1)
                        .equals(other.getWaitIntervalFunctionInOpenState().apply(1));
    }
}
