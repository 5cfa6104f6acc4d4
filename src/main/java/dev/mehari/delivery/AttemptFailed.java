package dev.mehari.delivery;

import dev.mehari.delivery.Outcome.ChannelRejected;
import dev.mehari.delivery.Outcome.Retry;

/** The provider answered, and did not take the message. Tells the circuit breaker whether that speaks against the channel. */
final class AttemptFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Outcome outcome;

    AttemptFailed(Outcome outcome) {
        super(outcome.toString(), null, false, false);
        this.outcome = outcome;
    }

    /** A rate limit and a bad message say nothing about the health of the destination. */
    boolean againstTheChannel() {
        return outcome instanceof Retry || outcome instanceof ChannelRejected;
    }
}
