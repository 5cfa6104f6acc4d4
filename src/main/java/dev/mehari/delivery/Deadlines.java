package dev.mehari.delivery;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Ends requests that are under way for too long, however much of an answer has come. One thread looks at all of them
 * every 50 ms and sleeps while there are none: a time-out at each read would set a timer and take it back for every
 * request, which costs a virtual thread more than the reading does. Thread-safe.
 */
final class Deadlines implements AutoCloseable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final long atMostNanos;
    private final Set<UnderWay> all = ConcurrentHashMap.newKeySet();
    private final Thread watch;
    private volatile boolean closed;
    /** Whether the thread has seen that nothing is under way, and sleeps until it is told otherwise. */
    private volatile boolean resting;

    /** @param atMost from the beginning of a request to the end of its answer */
    Deadlines(Duration atMost) {
        atMostNanos = atMost.toNanos();
        watch = Thread.ofVirtual().name("deadlines").start(this::watch);
    }

    interface Request<T> {
        T run() throws IOException;
    }

    /**
     * Runs a request in this thread.
     *
     * @param end makes the request fail, from another thread
     * @throws SocketTimeoutException it was ended because its time was over
     */
    <T> T within(Cancellable end, Request<T> request) throws IOException {
        var one = new UnderWay(end, System.nanoTime() + atMostNanos);
        all.add(one);
        if (resting) {
            LockSupport.unpark(watch);
        }
        try {
            return request.run();
        } catch (IOException problem) {
            if (one.overdue) {
                throw timeOut(problem);
            }
            throw problem;
        } finally {
            all.remove(one);
        }
    }

    private static SocketTimeoutException timeOut(Exception cause) {
        var timeOut = new SocketTimeoutException("no answer in time");
        timeOut.initCause(cause);
        return timeOut;
    }

    private void watch() {
        while (!closed) {
            resting = true;
            if (all.isEmpty()) {
                LockSupport.park(this);
            }
            resting = false;
            LockSupport.parkNanos(this, LOOK_NANOS);
            long now = System.nanoTime();
            all.forEach(one -> one.endIfOver(now));
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watch);
    }

    private static final class UnderWay {
        private final Cancellable end;
        private final long until;
        private volatile boolean overdue;

        private UnderWay(Cancellable end, long until) {
            this.end = end;
            this.until = until;
        }

        private void endIfOver(long now) {
            if (now - until >= 0 && !overdue) {
                overdue = true;
                end.cancel();
            }
        }
    }
}
