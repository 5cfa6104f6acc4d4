package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FootprintTest {
    private static final long LOOK = Footprint.LOOK.toNanos();

    private long processorTime;
    private int givenBack;
    private int trimmed;
    private long collections;
    private int roomMade;
    private long compilerMillis;
    private final SpareMemory spare = new SpareMemory(() -> compilerMillis, () -> trimmed++);
    private final Footprint footprint =
            new Footprint(() -> processorTime, () -> collections, () -> givenBack++, () -> roomMade++, spare);

    @Test
    void firstRestAfterTheStart_givesBackAtOnce() {
        work(3);
        assertThat(givenBack).isZero();
        rest(1);
        assertThat(givenBack).isEqualTo(1);
        rest(10);
        assertThat(givenBack).isEqualTo(1);
    }

    @Test
    void rest_givesBackAfterAMinuteAndAfterTenAndThenNoMore() {
        rest(1);
        work(1);
        rest(11);
        assertThat(givenBack).isEqualTo(1);
        rest(1);
        assertThat(givenBack).isEqualTo(2);
        rest(107);
        assertThat(givenBack).isEqualTo(2);
        rest(1);
        assertThat(givenBack).isEqualTo(3);
        rest(1_000);
        assertThat(givenBack).isEqualTo(3);
    }

    @Test
    void workThatComesInBursts_isNotPaused() {
        rest(1);
        for (int burst = 0; burst < 20; burst++) {
            work(1);
            rest(11);
        }
        assertThat(givenBack).isEqualTo(1);
    }

    @Test
    void newWork_isFollowedByANewMinute() {
        rest(12);
        work(1);
        rest(12);
        assertThat(givenBack).isEqualTo(3);
    }

    @Test
    void whatGivingBackCostsItself_isNoWork() {
        var busy = new Footprint(
                () -> processorTime,
                () -> 0,
                () -> {
                    givenBack++;
                    processorTime += LOOK;
                },
                () -> {},
                spare);
        for (int look = 0; look < 12; look++) {
            busy.look();
        }
        assertThat(givenBack).isEqualTo(2);
    }

    @Test
    void rest_isTrimmedTwice_whenItBegins_afterEachCollection_andAfterCompilersWorked() {
        work(24);
        assertThat(trimmed).isZero();
        rest(11);
        assertThat(trimmed).isEqualTo(2);
        rest(5);
        assertThat(trimmed).isEqualTo(4);
        compilerMillis += 50;
        rest(5);
        assertThat(trimmed).isEqualTo(6);
        compilerMillis += 15;
        rest(5);
        assertThat(trimmed).isEqualTo(6);
        compilerMillis += 5;
        rest(5);
        assertThat(trimmed).isEqualTo(8);
    }

    @Test
    void workThatIsCollectedOften_hasRoomMadeOnceUntilTheNextRest() {
        workCollected(Footprint.OFTEN - 1);
        assertThat(roomMade).isZero();
        workCollected(Footprint.OFTEN);
        workCollected(Footprint.OFTEN);
        assertThat(roomMade).isEqualTo(1);
        rest(12);
        workCollected(Footprint.OFTEN);
        assertThat(roomMade).isEqualTo(2);
    }

    @Test
    void collectionsOfTheStart_askForNoRoom() {
        collections = 2 * Footprint.OFTEN;
        footprint.startIsOver();
        workCollected(Footprint.OFTEN - 1);
        assertThat(roomMade).isZero();
    }

    private void workCollected(int times) {
        collections += times;
        work(1);
    }

    /** A fifth of a core. */
    private void work(int looks) {
        pass(looks, LOOK / 5);
    }

    /** A fiftieth of a core. */
    private void rest(int looks) {
        pass(looks, LOOK / 50);
    }

    private void pass(int looks, long nanos) {
        for (int look = 0; look < looks; look++) {
            processorTime += nanos;
            footprint.look();
        }
    }
}
