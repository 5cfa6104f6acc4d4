package dev.mehari.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.delivery.Outcome.RateLimited;
import dev.mehari.delivery.Outcome.Retry;
import dev.mehari.delivery.Outcome.Scope;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LongestWaitTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration YEAR = Duration.ofDays(365);
    private final LongestWait longest = new LongestWait(HOUR);

    @Test
    void absurdWaits_areBounded_andReasonableOnesHonoured() {
        assertThat(longest.bound(new RateLimited(YEAR, Scope.HOST))).isEqualTo(new RateLimited(HOUR, Scope.HOST));
        assertThat(longest.bound(new Retry("503", YEAR))).isEqualTo(new Retry("503", HOUR));
        var soon = new RateLimited(Duration.ofMinutes(59), Scope.CHANNEL);
        assertThat(longest.bound(soon)).isEqualTo(soon);
    }

    @Test
    void whatNamesNoTime_staysAsItIs() {
        for (var outcome : new Outcome[] {new Retry("reset", null), new Outcome.MessageRejected("400")}) {
            assertThat(longest.bound(outcome)).isEqualTo(outcome);
        }
    }
}
