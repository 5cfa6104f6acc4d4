package dev.mehari.channel;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HandsTest {
    private final Queue<Integer> todo = new ConcurrentLinkedQueue<>();
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void whatIsCalledFor_isDone_byNoMoreThanSoManyAtOnce() throws Exception {
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        int count = 10_000;
        var all = new CountDownLatch(count);
        var hands = new Hands("test", 3, () -> !todo.isEmpty(), () -> {
            for (var one = todo.poll(); one != null; one = todo.poll()) {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                Thread.yield();
                atOnce.decrementAndGet();
                all.countDown();
            }
        });
        for (int i = 0; i < count; i++) {
            todo.add(i);
            hands.call();
        }
        assertThat(all.await(30, SECONDS)).isTrue();
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void theEnd_waitsForWhatIsUnderWay_andNothingBeginsAfterIt() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new Semaphore(0);
        var hands = new Hands("test", 2, () -> false, () -> {
            begun.countDown();
            goOn.acquireUninterruptibly();
            done.incrementAndGet();
        });
        hands.call();
        assertThat(begun.await(10, SECONDS)).isTrue();
        var end = Thread.ofVirtual().start(() -> {
            try {
                hands.end();
                done.addAndGet(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(done).hasValue(0);
        goOn.release();
        end.join();
        assertThat(done).hasValue(11);

        goOn.release();
        hands.call();
        assertThat(goOn.tryAcquire()).as("nobody began").isTrue();
    }
}
