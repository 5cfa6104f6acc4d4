package dev.mehari.security;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many notifications each API key may send in a period; each gateway counts for itself. A key that was quiet for a
 * period may send all at once, and then at the average rate. Thread-safe, without a lock.
 */
public final class Quotas {
    private final long most;
    private final long periodNanos;
    private final LongSupplier nanoTime;
    /** By key: when all that it has sent so far would have been due at the average rate. */
    private final Map<String, AtomicLong> due = new ConcurrentHashMap<>();

    /** @param most 0: any number */
    Quotas(long most, Duration period, LongSupplier nanoTime) {
        this.most = most;
        this.periodNanos = period.toNanos();
        this.nanoTime = nanoTime;
    }

    public long most() {
        return most;
    }

    /**
     * Takes {@code count} off the caller's quota.
     *
     * @return null when it had as many left; else how long until it will, and nothing was taken
     */
    public @Nullable Duration take(@Nullable String caller, int count) {
        if (most == 0 || caller == null) {
            return null;
        }
        var mark = due.get(caller);
        if (mark == null) {
            mark = due.computeIfAbsent(caller, name -> new AtomicLong(nanoTime.getAsLong()));
        }
        long cost = Math.round((double) count / most * periodNanos);
        while (true) {
            long now = nanoTime.getAsLong();
            long before = mark.get();
            long after = (before - now > 0 ? before : now) + cost;
            if (after - now > periodNanos) {
                return Duration.ofNanos(after - now - periodNanos);
            }
            if (mark.compareAndSet(before, after)) {
                return null;
            }
        }
    }
}
