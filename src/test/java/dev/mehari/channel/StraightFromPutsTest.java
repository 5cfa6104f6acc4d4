package dev.mehari.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.testkit.NotificationBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What puts hand over comes once, and behind what stood in the lane before. */
class StraightFromPutsTest {
    private final List<String> taken = new ArrayList<>();
    private final StraightFromPuts straight =
            new StraightFromPuts(() -> 5, entries -> entries.forEach(entry -> taken.add(entry.entryId())));

    @Test
    void beforeTheFirstLook_nothingIsTaken_forTheLookFindsIt() {
        straight.take(List.of(entry("1-0")));
        assertThat(taken).isEmpty();
        assertThat(straight.room()).isZero();
        assertThat(straight.lookBegins()).isTrue();
    }

    @Test
    void afterALook_whatComesIsTakenAtOnce() {
        look();
        straight.take(List.of(entry("1-0"), entry("2-0")));
        assertThat(taken).containsExactly("1-0", "2-0");
        assertThat(straight.room()).isEqualTo(5);
    }

    @Test
    void whileALookIsUnderWay_whatComesGoesBehindWhatStoodBefore_andOnce() {
        look();
        assertThat(straight.lookBegins()).isFalse();
        straight.take(List.of(entry("10-0"), entry("2-0")));
        assertThat(taken).isEmpty();

        straight.lookEnds(List.of(entry("9-5"), entry("10-0"), entry("9-40")));
        assertThat(taken).containsExactly("2-0", "9-5", "9-40", "10-0");
    }

    @Test
    void aLookThatIsRefused_keepsWhatCameMeanwhile() {
        look();
        straight.lookBegins();
        straight.take(List.of(entry("1-0")));
        straight.lookIsRefused();
        assertThat(taken).containsExactly("1-0");
    }

    @Test
    void whenSomethingWasLost_theNextLookBeginsAnew_andNothingPassesItBefore() {
        look();
        straight.lookBegins();
        straight.lost();
        straight.take(List.of(entry("2-0")));
        straight.lookEnds(List.of(entry("3-0")));
        assertThat(taken).isEmpty();

        assertThat(straight.lookBegins()).isTrue();
        straight.lookEnds(List.of(entry("1-0"), entry("2-0"), entry("3-0")));
        assertThat(taken).containsExactly("1-0", "2-0", "3-0");
        assertThat(straight.lookBegins()).isFalse();
    }

    private void look() {
        straight.lookBegins();
        straight.lookEnds(List.of());
    }

    private static LaneEntry entry(String entryId) {
        var notification =
                NotificationBuilder.of("trade.opened").id("id" + entryId).build();
        return new LaneEntry(false, entryId, 0, 0, LaneEntry.Mark.NONE, 0, "key", "label", 0, null, notification, 100);
    }
}
