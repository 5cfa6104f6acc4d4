package dev.mehari.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What callers did that a well-behaved client does not do: ran into a limit, sent an invalid form, used a dead webhook,
 * sent half a character. Faults that were switched on are no violations. Keeps the last 1000; safe for use by many threads.
 */
public final class Violations {
    private static final int KEPT = 1000;
    private final Deque<Violation> kept = new ArrayDeque<>();
    private final Clock clock;

    public Violations(Clock clock) {
        this.clock = clock;
    }

    /** @param kind {@code rate-limited}, {@code refused}, {@code unknown-webhook}, {@code user-agent}, {@code half-character} */
    public record Violation(Instant at, String channel, String kind, String detail) {}

    public synchronized void add(String channel, String kind, String detail) {
        kept.addLast(new Violation(clock.instant(), channel, kind, detail));
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
    }

    /** Oldest first. */
    public synchronized List<Violation> all() {
        return List.copyOf(kept);
    }

    public synchronized void clear() {
        kept.clear();
    }
}
