package dev.mehari.reload;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.component.direct.DirectConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The entrance of one {@code direct:} endpoint. Counts who is inside, to the last one; while it is closed, callers wait.
 * There is no lock: a lock's queue may hold a virtual thread that busy ones keep off the processor, and whoever opens the
 * gate would wait behind it for ever. A swap takes milliseconds, so callers just look again. Thread-safe.
 */
final class Gate {

    private static final long LOOK_AGAIN_NANOS = 500_000;

    private final AtomicLong inside = new AtomicLong();
    private volatile @Nullable DirectConsumer consumer;
    private volatile boolean closed;

    /**
     * The consumer to call, after which {@link #leave} is owed. Null, and nothing is owed: the gate stayed closed too long,
     * or it is open and there is no route behind it, which waiting does not mend.
     */
    @Nullable
    DirectConsumer enter(long timeoutMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        for (; ; ) {
            // Counted first and asked then: whoever closes the gate sees either the count or a caller that turns back.
            inside.incrementAndGet();
            if (!closed) {
                DirectConsumer present = consumer;
                if (present == null) {
                    leave();
                }
                return present;
            }
            leave();
            if (System.nanoTime() >= deadline) {
                return null;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    void leave() {
        inside.decrementAndGet();
    }

    /** Lets nobody in any more, and waits for those inside; false when some are still there after the time. */
    boolean close(long timeoutMillis) {
        closed = true;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (inside.get() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return inside.get() == 0;
    }

    void open() {
        closed = false;
    }

    void consumer(@Nullable DirectConsumer now) {
        consumer = now;
    }
}
