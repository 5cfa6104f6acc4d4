package dev.mehari.security;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds any of many values in a text in one pass, by a hash that rolls over the first characters of each (Rabin and Karp):
 * two hundred channels have as many addresses, and a page of metrics has megabytes. Immutable.
 */
final class KnownValues {
    /** No value is shorter. */
    static final int SHORTEST = 6;

    private static final int BASE = 31;
    private static final int LEAVES = power(SHORTEST - 1);
    private static final int BITS = 0xffff;

    private final Map<Integer, List<String>> byStart;
    private final BitSet starts = new BitSet(BITS + 1);

    /** @param values each at least {@link #SHORTEST} characters long */
    KnownValues(Collection<String> values) {
        byStart = new HashMap<>(values.stream().collect(Collectors.groupingBy(value -> hash(value))));
        byStart.keySet().forEach(hash -> starts.set(hash & BITS));
    }

    /** The text with the mask for each value; values that overlap are masked together. */
    String mask(String text, String mask) {
        if (byStart.isEmpty() || text.length() < SHORTEST) {
            return text;
        }
        StringBuilder masked = null;
        int done = 0;
        int hash = hash(text);
        for (int at = 0; ; at++) {
            int end = starts.get(hash & BITS) ? endOfLongest(text, at, hash) : at;
            if (end > at && at >= done) {
                masked = masked == null ? new StringBuilder(text.length()) : masked;
                masked.append(text, done, at).append(mask);
            }
            done = end > at ? Math.max(done, end) : done;
            if (at + SHORTEST >= text.length()) {
                return masked == null
                        ? text
                        : masked.append(text, done, text.length()).toString();
            }
            hash = (hash - text.charAt(at) * LEAVES) * BASE + text.charAt(at + SHORTEST);
        }
    }

    private int endOfLongest(String text, int at, int hash) {
        int end = at;
        for (var value : byStart.getOrDefault(hash, List.of())) {
            if (text.startsWith(value, at)) {
                end = Math.max(end, at + value.length());
            }
        }
        return end;
    }

    private static int hash(String text) {
        int hash = 0;
        for (int i = 0; i < SHORTEST; i++) {
            hash = hash * BASE + text.charAt(i);
        }
        return hash;
    }

    private static int power(int exponent) {
        int power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= BASE;
        }
        return power;
    }
}
