package dev.mehari.redis;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends commands whose time is over. Netty's wheel turns ten times a second, at rest, too; this one looks when something is due,
 * every two seconds, and when many have come. Nearly all are taken back before, and are not met at all then. Thread-safe.
 */
final class QuietTimer implements Timer {
    private static final Logger LOG = LoggerFactory.getLogger(QuietTimer.class);
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** So many that were taken back may be kept in memory until a look. */
    private static final int MANY = 1_000;

    private static final TimerTask NOTHING = timeout -> {};

    private final Queue<Due> fresh = new ConcurrentLinkedQueue<>();
    private final AtomicInteger freshCount = new AtomicInteger();
    /** Of the thread alone. */
    private final List<Due> waiting = new ArrayList<>();

    private final Thread thread =
            Thread.ofPlatform().daemon().name("redis-timer").unstarted(this::run);
    /** When the thread looks next, if nobody hurries it. */
    private volatile long nextLook = System.nanoTime();

    private volatile boolean stopped;

    QuietTimer() {
        thread.start();
    }

    @Override
    public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
        var due = new Due(task, System.nanoTime() + unit.toNanos(delay));
        fresh.add(due);
        if (due.at - nextLook < 0 || freshCount.incrementAndGet() == MANY) {
            LockSupport.unpark(thread);
        }
        return due;
    }

    private void run() {
        while (!stopped) {
            look();
            LockSupport.parkNanos(this, nextLook - System.nanoTime());
        }
    }

    private void look() {
        long now = System.nanoTime();
        // What is due sooner and comes while this looks around hurries the next look.
        nextLook = now + LONGEST_SLEEP_NANOS;
        freshCount.set(0);
        for (var due = fresh.poll(); due != null; due = fresh.poll()) {
            waiting.add(due);
        }
        waiting.removeIf(due -> due.isOver(now));
        long earliest = nextLook;
        for (var due : waiting) {
            earliest = due.at - earliest < 0 ? due.at : earliest;
        }
        nextLook = earliest;
    }

    /** Ends the thread: nothing is called any more. */
    @Override
    public Set<Timeout> stop() {
        stopped = true;
        LockSupport.unpark(thread);
        return Set.of();
    }

    private final class Due implements Timeout {
        private static final int WAITS = 0;
        private static final int CANCELLED = 1;
        private static final int EXPIRED = 2;

        /** Holds its command, with all that was sent and answered: what is taken back lets go of it at once. */
        private TimerTask task;

        private final long at;
        private final AtomicInteger state = new AtomicInteger(WAITS);

        private Due(TimerTask task, long at) {
            this.task = task;
            this.at = at;
        }

        /** Whether nothing is left to wait for; calls what is due. */
        private boolean isOver(long now) {
            if (now - at >= 0 && state.compareAndSet(WAITS, EXPIRED)) {
                call();
            }
            return state.get() != WAITS;
        }

        private void call() {
            try {
                task.run(this);
            } catch (Exception unforeseen) {
                LOG.warn("What was due could not be done", unforeseen);
            }
        }

        @Override
        public boolean cancel() {
            boolean taken = state.compareAndSet(WAITS, CANCELLED);
            if (taken) {
                task = NOTHING;
            }
            return taken;
        }

        @Override
        public boolean isExpired() {
            return state.get() == EXPIRED;
        }

        @Override
        public boolean isCancelled() {
            return state.get() == CANCELLED;
        }

        @Override
        public Timer timer() {
            return QuietTimer.this;
        }

        @Override
        public TimerTask task() {
            return task;
        }
    }
}
