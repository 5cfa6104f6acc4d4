package dev.mehari.history;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How fast the history is written. While the processors are busy it stands back, so that messages have them: a little is
 * written all the same, and everything once so much waits that the streams' bound comes near. While they are neither busy nor
 * at rest it works and rests in turn, so that callers seldom meet it, as much as it takes to be done within minutes. One
 * thread.
 */
final class Pace {
    /** As many as there are, chunk by chunk, with a {@link #rest} after each. */
    static final long ALL = Long.MAX_VALUE;

    /** From here on, what the history takes would be taken from messages. */
    private static final double BUSY = 0.8;
    /** Below, nobody is about whom it could keep waiting. */
    private static final double QUIET = 0.25;

    private static final int LITTLE_PER_SECOND = 250;
    /** So many may wait beside a load that it keeps up with; more have been left behind. */
    private static final int ON_THEIR_WAY = 2_000;
    /** What was left behind is to be caught up with in this time, while the load goes on. */
    private static final double DONE_WITHIN_SECONDS = 300;

    /** The least share of the time in which it works, and by what the share is multiplied or divided at a look. */
    private static final double LEAST_WORK = 0.2;

    private static final double STEP = 1.25;
    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    private static final Duration LOOK = Duration.ofMillis(400);
    /** A look that spans a longer time says nothing about now. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(5);

    /**
     * What waits.
     *
     * @param bounded those of them that are given up when they become too many
     * @param streams how many hold any
     * @param counted when, in nanoseconds
     */
    record Waiting(long all, long bounded, int streams, long counted) {}

    private final Load load;
    private final long little;
    private final long enough;
    private final LongSupplier nanos;
    private long lookedAt;
    private double last;
    private double before;
    private Waiting waited;
    private double work = LEAST_WORK;

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
        this.waited = new Waiting(0, 0, 0, nanos.getAsLong());
    }

    /** How many events of each stream may be written now, or {@link #ALL}. */
    long share(Waiting waiting) {
        if (free(waiting) || lately() < BUSY) {
            return ALL;
        }
        waited = waiting;
        work = LEAST_WORK;
        return Math.max(1, little / waiting.streams());
    }

    /** How long to rest after so much work. */
    Duration rest(Duration worked, Waiting waiting) {
        if (free(waiting) || lately() < QUIET) {
            return Duration.ZERO;
        }
        adapt(waiting);
        var rest = Duration.ofNanos((long) (worked.toNanos() * (1 / work - 1)));
        return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
    }

    private boolean free(Waiting waiting) {
        return waiting.all() <= little || waiting.bounded() >= enough;
    }

    /** The load, the higher one of two looks: busy at once, and calm after two looks that say so. */
    private double lately() {
        long now = nanos.getAsLong();
        if (now - lookedAt >= LOOK.toNanos()) {
            boolean known = now - lookedAt < FORGOTTEN.toNanos();
            before = known ? last : 0;
            double share = load.share();
            last = known && share > 0 ? share : 0;
            lookedAt = now;
        }
        return Math.max(last, before);
    }

    /** Works more where what waits gets less too slowly to be done in time, else less. */
    private void adapt(Waiting waiting) {
        long since = waiting.counted() - waited.counted();
        if (since < LOOK.toNanos()) {
            return;
        }
        long left = waiting.all() - ON_THEIR_WAY;
        boolean behind = left > 0 && (waited.all() - waiting.all()) / (since / 1e9) < left / DONE_WITHIN_SECONDS;
        work = Math.clamp(behind ? work * STEP : work / STEP, LEAST_WORK, 1);
        waited = waiting;
    }
}
