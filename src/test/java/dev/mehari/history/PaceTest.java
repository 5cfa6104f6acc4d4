package dev.mehari.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the history stands back or rests, by how much, and when it does not. */
class PaceTest {
    private static final long ALL = Pace.ALL;
    private static final long MANY = 10_000;

    private static final Duration WORKED = Duration.ofMillis(10);

    private double load;
    private long waiting = MANY;
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
        assertThat(pace.share(events(MANY, 1))).isEqualTo(125);
        assertThat(pace.share(events(MANY, 5))).isEqualTo(25);
        assertThat(pace.share(events(MANY, 1_000))).isEqualTo(1);
    }

    @Test
    void whatIsOnlyALittle_isWrittenAtOnce_andNobodyLooksAtTheLoad() {
        busy();
        int before = looks;
        nanos += Duration.ofMinutes(1).toNanos();
        assertThat(pace.share(events(125, 5))).isEqualTo(ALL);
        assertThat(looks).isEqualTo(before);
    }

    @Test
    void whenHalfOfWhatMayWaitDoes_allIsWrittenHoweverBusyItIs() {
        busy();
        assertThat(pace.share(events(499_999, 5))).isEqualTo(25);
        assertThat(pace.share(events(500_000, 5))).isEqualTo(ALL);
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
        assertThat(pace.share(events(MANY, 1))).isEqualTo(125);
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
        assertThat(pace.share(events(MANY, 1))).isEqualTo(ALL);
    }

    @Test
    void nobodyAbout_isNoReasonToRest() {
        afterLook(0.1);
        afterLook(0.1);
        assertThat(pace.rest(WORKED, events(MANY, 1))).isZero();
        afterLook(0.5);
        assertThat(pace.rest(WORKED, events(MANY, 1))).isPositive();
    }

    @Test
    void besideCallers_itWorksAFifthOfTheTime_whileThatIsEnough() {
        waits(3_000, 2_900, 2_800);
        assertThat(pace.rest(WORKED, events(2_800, 1))).isEqualTo(WORKED.multipliedBy(4));
    }

    @Test
    void whatGetsMore_isWrittenFaster_untilItRestsNoMore() {
        waits(10_000, 10_100, 10_200);
        assertThat(pace.rest(WORKED, events(10_200, 1))).isBetween(WORKED, WORKED.multipliedBy(3));
        waits(10_300, 10_400, 10_500, 10_600, 10_700, 10_800);
        assertThat(pace.rest(WORKED, events(10_800, 1))).isZero();
    }

    @Test
    void whatGetsLessTooSlowly_isWrittenFaster_untilItWillBeDoneInFiveMinutes() {
        waits(122_000, 121_900);
        var slow = pace.rest(WORKED, events(121_900, 1));
        waits(121_800);
        var faster = pace.rest(WORKED, events(121_800, 1));
        assertThat(faster).isLessThan(slow);
        waits(121_400);
        assertThat(pace.rest(WORKED, events(121_400, 1))).isGreaterThan(faster);
    }

    @Test
    void aLongRound_isNoSignThatItIsSlow() {
        waits(40_000, 45_000, 50_000);
        var counted = events(50_000, 200);
        var rest = pace.rest(WORKED, counted);
        afterLook(0.5);
        afterLook(0.5);
        assertThat(pace.rest(WORKED, counted)).isEqualTo(rest);
    }

    @Test
    void aFewThatWait_areNoBacklog() {
        waits(500, 1_000, 1_500, 2_000);
        assertThat(pace.rest(WORKED, events(2_000, 1))).isEqualTo(WORKED.multipliedBy(4));
    }

    @Test
    void afterABurst_itBeginsGently_howeverMuchMoreWaitsThanBefore() {
        busy();
        waiting = 100_000;
        afterLook(1);
        waiting = 200_000;
        afterLook(0.5);
        afterLook(0.5);
        assertThat(pace.rest(WORKED, events(waiting, 1))).isGreaterThan(WORKED.multipliedBy(2));
    }

    @Test
    void noRest_isLong() {
        waits(3_000, 2_900);
        assertThat(pace.rest(Duration.ofMinutes(1), events(2_900, 1))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatIsOnlyALittle_orNearTheBound_isWrittenWithoutRest() {
        waits(3_000, 2_900);
        assertThat(pace.rest(WORKED, events(125, 1))).isZero();
        assertThat(pace.rest(WORKED, events(499_999, 1))).isPositive();
        assertThat(pace.rest(WORKED, events(500_000, 1))).isZero();
    }

    /** Looks at a load of half, with so many that wait at each. */
    private void waits(long... atEachLook) {
        for (long one : atEachLook) {
            waiting = one;
            afterLook(0.5);
            pace.rest(WORKED, events(one, 1));
        }
    }

    @Test
    void whatWaitsInLanes_isNotGivenUp_andHurriesNobody() {
        busy();
        assertThat(pace.share(new Pace.Waiting(2_000_000, 499_999, 1, nanos))).isEqualTo(125);
        assertThat(pace.share(new Pace.Waiting(2_000_000, 500_000, 1, nanos))).isEqualTo(ALL);
    }

    private Pace.Waiting events(long waiting, int streams) {
        return new Pace.Waiting(waiting, waiting, streams, nanos);
    }

    private void busy() {
        afterLook(1);
        afterLook(1);
    }

    private long afterLook(double share) {
        load = share;
        nanos += Duration.ofMillis(400).toNanos();
        return pace.share(events(waiting, 1));
    }
}
