package dev.mehari.channel;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes the worker of a lane that waits: called by a put that filled an empty lane, through Redis when another process
 * made it, and by this process when it changed something. A call before the wait is not lost; several calls wake once.
 * One thread calls those whose time is over: lanes wait for each message anew, and a timer for each wait would cost more
 * than the wait. Thread-safe.
 */
public class WakeUp {
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** Who waits for this long is called up to a second sooner, together with others: hundreds of lanes wait. */
    private static final long LONG_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long TOGETHER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, Bell> bells = new ConcurrentHashMap<>();
    /** When the clock looks next, if nobody hurries it. */
    private volatile long nextLook = System.nanoTime();

    private final Thread clock = Thread.ofVirtual().name("wake-up-clock").start(this::callWhatIsDue);

    private static final class Bell {
        private final Semaphore calls = new Semaphore(0);
        private volatile boolean waits;
        private volatile long due;

        private void call() {
            if (calls.availablePermits() == 0) {
                calls.release();
            }
        }
    }

    public void call(String channel) {
        bell(channel).call();
    }

    public void callAll() {
        bells.values().forEach(Bell::call);
    }

    /** Waits for a call, at most so long. */
    void await(String channel, Duration atMost) throws InterruptedException {
        var bell = bell(channel);
        bell.due = due(System.nanoTime(), atMost);
        bell.waits = true;
        if (bell.due - nextLook < 0) {
            LockSupport.unpark(clock);
        }
        try {
            bell.calls.acquire();
            bell.calls.drainPermits();
        } finally {
            bell.waits = false;
        }
    }

    static long due(long now, Duration atMost) {
        long nanos = Math.max(TimeUnit.MILLISECONDS.toNanos(1), atMost.toNanos());
        long due = now + nanos;
        return nanos < LONG_WAIT_NANOS ? due : due - Math.floorMod(due, TOGETHER_NANOS);
    }

    private void callWhatIsDue() {
        while (true) {
            long now = System.nanoTime();
            // Whoever begins to wait while this looks around hurries the next look.
            nextLook = now + LONGEST_SLEEP_NANOS;
            long earliest = nextLook;
            for (var bell : bells.values()) {
                if (bell.waits && bell.due - now <= 0) {
                    bell.call();
                } else if (bell.waits && bell.due - earliest < 0) {
                    earliest = bell.due;
                }
            }
            nextLook = earliest;
            LockSupport.parkNanos(this, earliest - System.nanoTime());
        }
    }

    private Bell bell(String channel) {
        return bells.computeIfAbsent(channel, name -> new Bell());
    }
}
