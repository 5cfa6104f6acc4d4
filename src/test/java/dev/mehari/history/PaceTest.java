package dev.mehari.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the history stands back, by how much, and when it does not. */
class PaceTest {
    private static final long ALL = Long.MAX_VALUE;
    private static final long MANY = 10_000;

    private double load;
    private int looks;
    private long nanos;
    private final Pace pace = new Pace(
            () -> {
                looks++;
                return load;
            },
            1_000_000,
            Duration.ofMillis(500),
            () -> nanos);

    @Test
    void theFirstLook_saysNothingYet() {
        assertThat(afterLook(1)).isEqualTo(ALL);
    }

    @Test
    void busyProcessors_leaveALittleToEachStream() {
        busy();
        assertThat(pace.share(MANY, 1)).isEqualTo(125);
        assertThat(pace.share(MANY, 5)).isEqualTo(25);
        assertThat(pace.share(MANY, 1_000)).isEqualTo(1);
    }

    @Test
    void whatIsOnlyALittle_isWrittenAtOnce_andNobodyLooksAtTheLoad() {
        busy();
        int before = looks;
        nanos += Duration.ofMinutes(1).toNanos();
        assertThat(pace.share(125, 5)).isEqualTo(ALL);
        assertThat(looks).isEqualTo(before);
    }

    @Test
    void whenHalfOfWhatMayWaitDoes_allIsWrittenHoweverBusyItIs() {
        busy();
        assertThat(pace.share(499_999, 5)).isEqualTo(25);
        assertThat(pace.share(500_000, 5)).isEqualTo(ALL);
    }

    @Test
    void twoCalmLooks_endIt_andOneBusyLookBeginsIt() {
        busy();
        assertThat(afterLook(0.3)).isEqualTo(125);
        assertThat(afterLook(0.3)).isEqualTo(ALL);
        assertThat(afterLook(0.9)).isEqualTo(125);
    }

    @Test
    void betweenTwoLooks_theAnswerStays() {
        busy();
        load = 0;
        int before = looks;
        nanos += Duration.ofMillis(399).toNanos();
        assertThat(pace.share(MANY, 1)).isEqualTo(125);
        assertThat(looks).isEqualTo(before);
    }

    @Test
    void aLoadThatIsNotKnown_isNone() {
        busy();
        assertThat(afterLook(-1)).isEqualTo(125);
        assertThat(afterLook(Double.NaN)).isEqualTo(ALL);
        assertThat(afterLook(-1)).isEqualTo(ALL);
    }

    @Test
    void aLongTimeWithoutALook_isForgotten() {
        busy();
        nanos += Duration.ofSeconds(5).toNanos();
        assertThat(pace.share(MANY, 1)).isEqualTo(ALL);
    }

    private void busy() {
        afterLook(1);
        afterLook(1);
    }

    private long afterLook(double share) {
        load = share;
        nanos += Duration.ofMillis(400).toNanos();
        return pace.share(MANY, 1);
    }
}
