package dev.mehari.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** At most so many in any period of that length. Safe for use by many threads. */
public final class SlidingWindow {
    private final Deque<Instant> taken = new ArrayDeque<>();
    private final int requests;
    private final Duration period;

    public SlidingWindow(int requests, Duration period) {
        this.requests = requests;
        this.period = period;
    }

    /** How long until one more is allowed; zero when it is now. */
    public synchronized Duration wait(Instant now) {
        while (!taken.isEmpty() && !taken.getFirst().plus(period).isAfter(now)) {
            taken.removeFirst();
        }
        return taken.size() < requests
                ? Duration.ZERO
                : Duration.between(now, taken.getFirst().plus(period));
    }

    public synchronized void take(Instant now) {
        if (requests < Integer.MAX_VALUE) {
            taken.addLast(now);
        }
    }

    /** Takes one if that is allowed now; otherwise tells how long until it is. */
    public synchronized Duration tryTake(Instant now) {
        Duration wait = wait(now);
        if (wait.isZero()) {
            take(now);
        }
        return wait;
    }
}
