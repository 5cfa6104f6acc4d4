package dev.mehari.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.channel.Channel;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "1000, 60"})
    void waits_doubleUpToTheLongest(int attempt, long seconds) {
        assertThat(Backoff.after(attempt, retry(0), null)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void jitter_spreadsWaitsWithinItsPart() {
        var waits = IntStream.range(0, 500)
                .mapToObj(i -> Backoff.after(3, retry(0.2), null))
                .toList();
        assertThat(waits).allMatch(wait -> wait.toMillis() >= 3200 && wait.toMillis() <= 4800);
        assertThat(waits.stream().distinct().count()).isGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource({"PT30S, PT30S", "PT0.1S, PT4S", "PT2H, PT2H"})
    void retryAfter_isNeverWaitedLess(Duration asked, Duration waited) {
        assertThat(after(asked)).isEqualTo(waited);
    }

    @Test
    void waits_areNeverNothing() {
        var none = new Channel.Retry(8, Duration.ZERO, 2, Duration.ZERO, 0);
        assertThat(Backoff.after(1, none, null)).isPositive();
    }

    private static Duration after(@Nullable Duration asked) {
        return Backoff.after(3, retry(0), asked);
    }

    private static Channel.Retry retry(double jitter) {
        return new Channel.Retry(8, Duration.ofSeconds(1), 2, LONGEST, jitter);
    }
}
