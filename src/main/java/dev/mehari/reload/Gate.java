package dev.mehari.reload;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.component.direct.DirectConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The entrance of one {@code direct:} endpoint. Counts who is inside, to the last one; while it is closed, callers wait.
 * Thread-safe.
 */
final class Gate {

    private final AtomicLong inside = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile @Nullable DirectConsumer consumer;
    private volatile boolean closed;

    /** The consumer to call, after which {@link #leave} is owed; null when none came in time, and nothing is owed. */
    @Nullable
    DirectConsumer enter(long timeoutMillis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        for (; ; ) {
            // Counted first and asked then: whoever closes the gate sees either the count or a caller that turns back.
            inside.incrementAndGet();
            DirectConsumer present = consumer;
            if (!closed && present != null) {
                return present;
            }
            leave();
            if (left <= 0) {
                return null;
            }
            left = await(left);
        }
    }

    void leave() {
        inside.decrementAndGet();
    }

    private long await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            return closed || consumer == null ? changed.awaitNanos(nanos) : nanos;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in any more, and waits for those inside; false when some are still there after the time. */
    boolean close(long timeoutMillis) {
        closed = true;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (inside.get() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(500_000);
        }
        return inside.get() == 0;
    }

    void open() {
        closed = false;
        signal();
    }

    void consumer(@Nullable DirectConsumer now) {
        consumer = now;
        signal();
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
