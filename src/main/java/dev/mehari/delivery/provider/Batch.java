package dev.mehari.delivery.provider;

import dev.mehari.delivery.Envelope;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * How many waiting envelopes one request may carry.
 *
 * @param most envelopes in one request
 * @param total what their sizes, and what stands between them, may add up to
 * @param between size of what stands between two
 */
record Batch(int most, int total, int between) {

    /**
     * The number of first envelopes that go together, in order; at least 1.
     *
     * @param alone says of an envelope that it shares its request with no other
     */
    int fits(List<Envelope> envelopes, Predicate<Envelope> alone, ToIntFunction<Envelope> size) {
        int sum = 0;
        for (int i = 0; i < envelopes.size() && i < most; i++) {
            Envelope envelope = envelopes.get(i);
            if (alone.test(envelope)) {
                return Math.max(1, i);
            }
            sum += size.applyAsInt(envelope) + (i > 0 ? between : 0);
            if (sum > total) {
                return Math.max(1, i);
            }
        }
        return Math.clamp(envelopes.size(), 1, most);
    }
}
