package dev.mehari.delivery;

/** Tells the state of a channel's circuit breaker. */
@FunctionalInterface
public interface BreakerStates {
    /** {@code closed}, {@code open}, {@code half-open}, or {@code forced-open} for a channel that its provider rejects. */
    String of(String channel);
}
