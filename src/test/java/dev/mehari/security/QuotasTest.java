package dev.mehari.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotasTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final Quotas quotas = new Quotas(10, Duration.ofSeconds(10), nanos::get);

    @Test
    void quietKey_maySendAllAtOnce_thenAtTheAverageRate() {
        assertThat(quotas.take("bot", 10)).isNull();
        assertThat(quotas.take("bot", 1)).isEqualTo(Duration.ofSeconds(1));

        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(quotas.take("bot", 1)).isEqualTo(Duration.ofMillis(1));
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(quotas.take("bot", 1)).isNull();
        assertThat(quotas.take("bot", 3)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void refusedBatch_takesNothing() {
        assertThat(quotas.take("bot", 11)).isEqualTo(Duration.ofSeconds(1));
        assertThat(quotas.take("bot", 10)).isNull();
    }

    @Test
    void keys_doNotShareAQuota() {
        assertThat(quotas.take("one", 10)).isNull();
        assertThat(quotas.take("other", 10)).isNull();
        assertThat(quotas.take(null, 100)).isNull();
    }

    @Test
    void none_refusesNothing() {
        assertThat(new Quotas(0, Duration.ofMinutes(1), nanos::get).take("bot", 1_000_000))
                .isNull();
    }

    @Test
    void manyAtOnce_getExactlyTheQuota() throws Exception {
        var many = new Quotas(1_000, Duration.ofSeconds(10), nanos::get);
        var taken = new AtomicInteger();
        var begin = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                threads.submit(() -> {
                    begin.await();
                    for (int n = 0; n < 500; n++) {
                        taken.addAndGet(many.take("bot", 1) == null ? 1 : 0);
                    }
                    return null;
                });
            }
            begin.countDown();
        }
        assertThat(taken).hasValue(1_000);
    }
}
