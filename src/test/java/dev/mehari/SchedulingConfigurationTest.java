package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SchedulingConfigurationTest {
    @Test
    void taskThatHangs_keepsNoOtherFromItsTime() throws Exception {
        var never = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        var nowAndThen = SchedulingConfiguration.nowAndThen();
        try {
            nowAndThen.execute(() -> await(never));
            nowAndThen.schedule(done::countDown, 1, TimeUnit.MILLISECONDS);

            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            nowAndThen.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
