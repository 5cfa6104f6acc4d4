package dev.mehari.redis;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.TimerTask;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuietTimerTest {
    private final QuietTimer timer = new QuietTimer();

    @AfterEach
    void stop() {
        timer.stop();
    }

    @Test
    void whatIsDueSoon_doesNotWaitForWhatIsDueLater() throws Exception {
        var called = new CompletableFuture<Long>();
        var later = timer.newTimeout(any -> called.complete(-1L), 5, MINUTES);
        long begin = System.nanoTime();
        var soon = timer.newTimeout(any -> called.complete(System.nanoTime()), 30, MILLISECONDS);
        assertThat(called.get(10, SECONDS) - begin).isBetween(MILLISECONDS.toNanos(30), MILLISECONDS.toNanos(1_900));
        assertThat(soon.isExpired()).isTrue();
        assertThat(soon.cancel()).isFalse();
        assertThat(later.isExpired()).isFalse();
    }

    @Test
    void whatIsTakenBack_isNotCalled() throws Exception {
        var called = new ArrayList<String>();
        TimerTask task = any -> called.add("taken back");
        var taken = timer.newTimeout(task, 20, MILLISECONDS);
        assertThat(taken.task()).isSameAs(task);
        assertThat(taken.cancel()).isTrue();
        assertThat(taken.task()).isNotSameAs(task);
        assertThat(taken.isCancelled()).isTrue();
        var behind = new CountDownLatch(1);
        timer.newTimeout(any -> behind.countDown(), 60, MILLISECONDS);
        assertThat(behind.await(10, SECONDS)).isTrue();
        assertThat(called).isEmpty();
        assertThat(taken.cancel()).isFalse();
    }

    @Test
    void many_areAllCalled_whateverAmongThemFails() throws Exception {
        var all = new CountDownLatch(5_000);
        IntStream.range(0, 5_000)
                .parallel()
                .forEach(number -> timer.newTimeout(
                        any -> {
                            all.countDown();
                            if (number == 7) {
                                throw new IllegalStateException("number " + number);
                            }
                        },
                        number % 50,
                        MILLISECONDS));
        assertThat(all.await(20, SECONDS)).isTrue();
    }
}
