package dev.mehari.history;

import org.jspecify.annotations.Nullable;

/** The history cannot be asked now: it is switched off, or PostgreSQL does not answer. Deliveries are not concerned. */
public final class HistoryAway extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean off;

    private HistoryAway(boolean off, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.off = off;
    }

    static HistoryAway off() {
        return new HistoryAway(true, "The history is switched off; set mehari.history.enabled to true.", null);
    }

    static HistoryAway notYet() {
        return new HistoryAway(
                false, "PostgreSQL is not reached yet; deliveries go on, and the history catches up.", null);
    }

    static HistoryAway away(Throwable cause) {
        return new HistoryAway(
                false, "PostgreSQL does not answer; deliveries go on, and the history catches up.", cause);
    }

    static HistoryAway late() {
        return new HistoryAway(
                false, "The history is late: what is asked for may still wait in Redis. Repeat this in a while.", null);
    }

    static HistoryAway behind() {
        return new HistoryAway(
                false, "The history has not taken up what waits in Redis; what it holds stays. Repeat this.", null);
    }

    /** True when it will not come back by itself. */
    public boolean isOff() {
        return off;
    }
}
