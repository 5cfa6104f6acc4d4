package dev.mehari.reload;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Lets the {@link Reloader} look at the folders again and again, half as often while nothing moves. Stops first at
 * shutdown: nothing is exchanged then.
 */
final class ReloadThread implements SmartLifecycle {

    private final Reloader reloader;
    private final Duration interval;
    private volatile @Nullable Thread thread;

    ReloadThread(Reloader reloader, Duration interval) {
        this.reloader = reloader;
        this.interval = interval;
    }

    @Override
    public void start() {
        // A virtual one that waits for a time is woken by two others, at each look.
        Thread fresh = Thread.ofPlatform().daemon().name("mehari-reload").unstarted(this::run);
        // Known before it runs: else it may look at this field too early, and believe it was stopped.
        thread = fresh;
        fresh.start();
    }

    private void run() {
        boolean still = false;
        while (thread == Thread.currentThread()) {
            LockSupport.parkNanos(interval.toNanos() * (still ? 2 : 1));
            if (thread == Thread.currentThread()) {
                still = reloader.look();
            }
        }
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        LockSupport.unpark(running);
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
