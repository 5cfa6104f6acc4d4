package dev.mehari.sandbox.discord;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** At most so many in any period of that length. Not safe for use by many threads. */
final class SlidingWindow {
    private final Deque<Instant> taken = new ArrayDeque<>();
    private final int requests;
    private final Duration period;

    SlidingWindow(int requests, Duration period) {
        this.requests = requests;
        this.period = period;
    }

    /** How long until one more is allowed; zero when it is now. */
    Duration wait(Instant now) {
        while (!taken.isEmpty() && !taken.getFirst().plus(period).isAfter(now)) {
            taken.removeFirst();
        }
        return taken.size() < requests ? Duration.ZERO : Duration.between(now, taken.getFirst().plus(period));
    }

    void take(Instant now) {
        if (requests < Integer.MAX_VALUE) {
            taken.addLast(now);
        }
    }
}
