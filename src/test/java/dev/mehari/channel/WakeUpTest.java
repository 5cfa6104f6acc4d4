package dev.mehari.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who waits is woken by a call or by the time, each lane by its own. */
class WakeUpTest {
    private final WakeUp wakeUp = new WakeUp();

    @Test
    void call_beforeTheWait_isNotLost_andSeveralWakeOnce() throws Exception {
        wakeUp.call("trades");
        wakeUp.call("trades");
        wakeUp.await("trades", Duration.ofMinutes(5));
        assertThat(took(() -> wakeUp.await("trades", Duration.ofMillis(80)))).isBetween(79L, 3_000L);
    }

    @Test
    void shortWait_endsInTime_thoughLongerOnesBeganBefore() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var patient = threads.submit(() -> {
                wakeUp.await("patient", Duration.ofMinutes(5));
                return true;
            });
            for (int i = 0; i < 20; i++) {
                assertThat(took(() -> wakeUp.await("hasty", Duration.ofMillis(5))))
                        .isBetween(4L, 3_000L);
            }
            assertThat(patient.isDone()).isFalse();
            wakeUp.callAll();
            assertThat(patient.get(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void longWaits_endTogether_upToASecondSooner_andShortOnesInTime() {
        long second = TimeUnit.SECONDS.toNanos(1);
        for (long now = 7 * second; now < 8 * second; now += second / 10) {
            assertThat(WakeUp.due(now, Duration.ofSeconds(30))).isEqualTo(37 * second);
            assertThat(WakeUp.due(now, Duration.ofSeconds(3))).isEqualTo(now + 3 * second);
        }
        assertThat(WakeUp.due(-second / 10, Duration.ofSeconds(30))).isEqualTo(29 * second);
    }

    @Test
    void manyWaits_allEnd() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new CompletableFuture<?>[200];
            for (int i = 0; i < all.length; i++) {
                int lane = i;
                all[i] = CompletableFuture.runAsync(
                        () -> {
                            try {
                                for (int round = 0; round < 20; round++) {
                                    wakeUp.await("lane" + lane, Duration.ofMillis(1 + lane % 7));
                                }
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        threads);
            }
            CompletableFuture.allOf(all).get(20, TimeUnit.SECONDS);
            assertThat(all).allMatch(Future::isDone);
        }
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private static long took(Step step) throws InterruptedException {
        long began = System.nanoTime();
        step.run();
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }
}
