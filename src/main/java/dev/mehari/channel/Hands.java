package dev.mehari.channel;

import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;

/**
 * Up to so many threads that work at the same time, each for as long as there is something to do. None waits for work: a thread
 * that slept meanwhile lies in no processor's cache, and of 200 lanes with sixteen hands each most would. Thread-safe.
 */
final class Hands {
    private final int most;
    private final Semaphore free;
    private final ThreadFactory threads;
    private final BooleanSupplier more;
    private final Runnable work;

    /**
     * @param more whether there is something to do
     * @param work does what there is, by any number of threads at once, and returns when nothing is left to begin
     */
    Hands(String name, int most, BooleanSupplier more, Runnable work) {
        this.most = most;
        this.free = new Semaphore(most);
        this.threads = Thread.ofVirtual().name(name).factory();
        this.more = more;
        this.work = work;
    }

    /** There is one more thing to do. Returns at once. */
    void call() {
        if (free.tryAcquire()) {
            threads.newThread(this::hand).start();
        }
    }

    private void hand() {
        do {
            try {
                work.run();
            } finally {
                free.release();
            }
            // Who called between the last look and the release found no hand free.
        } while (more.getAsBoolean() && free.tryAcquire());
    }

    /** Waits until all have ended. None begins again. */
    void end() throws InterruptedException {
        free.acquire(most);
    }
}
