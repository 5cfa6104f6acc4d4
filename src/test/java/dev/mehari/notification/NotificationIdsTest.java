package dev.mehari.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.testkit.MutableClock;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class NotificationIdsTest {
    private final MutableClock clock = MutableClock.at("2026-11-20T18:00:00.123Z");
    private final NotificationIds ids = new NotificationIds(clock);

    @Test
    void id_tellsWhenItWasMade_toTheMillisecond() {
        assertThat(NotificationIds.madeAt(ids.next())).isEqualTo(clock.instant());
    }

    @Test
    void ids_sortByTime_andAreAllDifferent() {
        var known = new HashSet<String>();
        var last = "";
        for (int i = 0; i < 1000; i++) {
            clock.advance(Duration.ofMillis(i % 7 + 1));
            var next = ids.next();
            assertThat(next).isGreaterThan(last).matches("[0-9a-hjkmnp-tv-z]{26}");
            known.add(next);
            last = next;
        }
        assertThat(known).hasSize(1000);
    }

    @Test
    void ids_ofOneMillisecond_sortInTheOrderTheyWereMade_andLaterOnesBehindThem() {
        var last = ids.next();
        for (int i = 0; i < 100_000; i++) {
            var next = ids.next();
            assertThat(next).isGreaterThan(last);
            last = next;
        }
        clock.advance(Duration.ofMillis(1));
        assertThat(ids.next()).isGreaterThan(last);
    }

    @Test
    void otherTexts_areNoIds() {
        assertThat(NotificationIds.isId(ids.next())).isTrue();
        assertThat(NotificationIds.isId("")).isFalse();
        assertThat(NotificationIds.isId("01JD4Y0000000000000000000A")).isFalse();
        assertThat(NotificationIds.isId("u".repeat(26))).isFalse();
        assertThat(NotificationIds.isId("0".repeat(27))).isFalse();
    }
}
