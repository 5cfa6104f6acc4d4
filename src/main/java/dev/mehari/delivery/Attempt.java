package dev.mehari.delivery;

import dev.mehari.channel.AttemptNote;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One try to bring a batch to its provider: what was written, and what it came to. Travels as an exchange property, so
 * that it survives the copies a circuit breaker makes. Used by one thread at a time.
 */
final class Attempt {
    static final String PROPERTY = "MehariAttempt";

    private final Provider provider;
    private final List<Envelope> envelopes;
    private final long startedNanos;
    private @Nullable Outcome outcome;
    private @Nullable Integer status;

    Attempt(Provider provider, List<Envelope> envelopes, long startedNanos) {
        this.provider = provider;
        this.envelopes = envelopes;
        this.startedNanos = startedNanos;
    }

    Provider provider() {
        return provider;
    }

    List<Envelope> envelopes() {
        return envelopes;
    }

    long startedNanos() {
        return startedNanos;
    }

    /** What the provider's answer meant; null while there was none. */
    @Nullable
    Outcome outcome() {
        return outcome;
    }

    @Nullable
    Integer status() {
        return status;
    }

    /** What the history keeps of it, when it is over. */
    AttemptNote note(String word) {
        return new AttemptNote(word, status, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos));
    }

    void answered(int httpStatus, Outcome meaning) {
        status = httpStatus;
        outcome = meaning;
    }

    void failed(Outcome meaning) {
        outcome = meaning;
    }
}
