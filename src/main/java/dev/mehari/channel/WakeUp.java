package dev.mehari.channel;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the worker of a lane that waits: called by Redis when a put filled an empty lane, whichever process put it, and
 * by this process when it changed something. A call before the wait is not lost; several calls wake once. Thread-safe.
 */
public class WakeUp {
    private final Map<String, Semaphore> bells = new ConcurrentHashMap<>();

    public void call(String channel) {
        var bell = bell(channel);
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    public void callAll() {
        bells.keySet().forEach(this::call);
    }

    /** Waits for a call, at most so long. */
    void await(String channel, Duration atMost) throws InterruptedException {
        var bell = bell(channel);
        if (bell.tryAcquire(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
            bell.drainPermits();
        }
    }

    private Semaphore bell(String channel) {
        return bells.computeIfAbsent(channel, name -> new Semaphore(0));
    }
}
