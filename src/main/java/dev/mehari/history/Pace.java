package dev.mehari.history;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How fast the history is written. While the processors are busy it stands back, so that messages have them: a little is
 * written all the same, and everything once so much waits that the streams' bound comes near. One thread.
 */
final class Pace {
    /** From here on, what the history takes would be taken from messages. */
    private static final double BUSY = 0.8;

    private static final int LITTLE_PER_SECOND = 250;
    private static final Duration LOOK = Duration.ofMillis(400);
    /** A look that spans a longer time says nothing about now. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(5);

    private final Load load;
    private final long little;
    private final long enough;
    private final LongSupplier nanos;
    private long lookedAt;
    private double last;
    private double before;

    /**
     * @param kept how many events a stream keeps before the oldest are given up; half as many in all are enough to wait
     * @param writeEvery how often a little is written
     */
    Pace(Load load, long kept, Duration writeEvery, LongSupplier nanos) {
        this.load = load;
        this.little = Math.max(1, LITTLE_PER_SECOND * writeEvery.toMillis() / 1_000);
        this.enough = kept / 2;
        this.nanos = nanos;
        this.lookedAt = nanos.getAsLong() - FORGOTTEN.toNanos();
    }

    /** How many events of each stream may be written now, when so many wait in so many streams. */
    long share(long waiting, int streams) {
        return waiting <= little || waiting >= enough || !busy() ? Long.MAX_VALUE : Math.max(1, little / streams);
    }

    /** Busy at once, and calm after two looks that say so. */
    private boolean busy() {
        long now = nanos.getAsLong();
        if (now - lookedAt >= LOOK.toNanos()) {
            boolean known = now - lookedAt < FORGOTTEN.toNanos();
            before = known ? last : 0;
            double share = load.share();
            last = known ? share : 0;
            lookedAt = now;
        }
        return Math.max(last, before) >= BUSY;
    }
}
