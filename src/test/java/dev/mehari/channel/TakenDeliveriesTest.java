package dev.mehari.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.notification.NotificationJson;
import dev.mehari.testkit.NotificationBuilder;
import org.junit.jupiter.api.Test;

class TakenDeliveriesTest {
    private final TakenDeliveries taken = new TakenDeliveries(() -> {});

    @Test
    void onlyTheFirstOfAKey_isHandedOut() {
        taken.add("x", entry("1-0", 0, "a"), 100);
        taken.add("x", entry("2-0", 0, "b"), 100);
        taken.add("y", entry("3-0", 0, "c"), 100);
        var first = taken.next();
        assertThat(first.entryId()).isEqualTo("1-0");
        assertThat(taken.next().entryId()).isEqualTo("3-0");

        taken.finished(first, 100);
        assertThat(taken.next().entryId()).isEqualTo("2-0");
    }

    @Test
    void aKeyThatWaits_takesNoOthersPlace_untilItIsDue() {
        taken.add("x", entry("1-0", 0, "a"), 100);
        taken.add("x", entry("2-0", 0, "b"), 100);
        taken.next();
        taken.putOff(entry("1-0", 500, "a"));
        taken.add("x", entry("3-0", 0, "c"), 100);
        assertThat(taken.inTheWay()).isZero();
        assertThat(taken.nextDue()).isEqualTo(500);

        taken.passOnWhatIsDue(499);
        assertThat(taken.inTheWay()).isZero();
        taken.passOnWhatIsDue(500);
        assertThat(taken.inTheWay()).isEqualTo(3);
        assertThat(taken.nextDue()).isNull();
        assertThat(taken.next().entryId()).isEqualTo("1-0");
    }

    @Test
    void whatIsSetAside_isBoundedInNumberAndInBytes() {
        for (int i = 0; i < TakenDeliveries.ASIDE; i++) {
            assertThat(taken.isFull()).isFalse();
            taken.add("x", entry(i + "-0", 500, "a"), 100);
        }
        assertThat(taken.isFull()).isTrue();
        taken.passOnWhatIsDue(500);
        assertThat(taken.isFull()).isFalse();

        var few = new TakenDeliveries(() -> {});
        for (int i = 0; i < 40; i++) {
            few.add("y", entry(i + "-0", 500, "b".repeat(250_000)), 100);
        }
        assertThat(few.isFull()).isTrue();
    }

    @Test
    void whatIsRemoved_isNotHandedOut_andTheNextOfItsKeyIs() {
        taken.add("x", entry("1-0", 0, "a"), 100);
        taken.add("x", entry("2-0", 0, "b"), 100);
        taken.add("x", entry("3-0", 0, "c"), 100);
        assertThat(taken.removeWaiting(entry -> !entry.entryId().equals("2-0"), 100))
                .extracting(LaneEntry::entryId)
                .containsExactly("1-0", "3-0");

        assertThat(taken.next().entryId()).isEqualTo("2-0");
        assertThat(taken.removeWaiting(entry -> true, 100))
                .as("what is under way stays")
                .isEmpty();
        taken.finished(entry("2-0", 0, "b"), 100);
        assertThat(taken.isEmpty()).isTrue();
        assertThat(taken.next()).isNull();
    }

    private static LaneEntry entry(String id, long notBefore, String text) {
        var notification = NotificationBuilder.of("a.b")
                .id("n" + id)
                .title("t")
                .text(text)
                .source("http")
                .build();
        int bytes = NotificationJson.write(notification).length;
        return new LaneEntry(
                false, id, 0, notBefore, LaneEntry.Mark.NONE, 0, "n" + id, "a.b", 0, null, notification, bytes);
    }
}
