package dev.mehari.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.mehari.notification.NotificationIds;
import dev.mehari.testkit.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PubSubDoorTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RedisIntake intake = mock(RedisIntake.class);
    private final PubSubDoor door = new PubSubDoor(
            intake, new NotificationIds(MutableClock.at("2026-11-20T18:00:00Z")), new IntakeMeters(meters));

    @Test
    void moreThanMayWait_isCountedAsLost() {
        for (int i = 0; i < PubSubDoor.MOST_WAITING + 3; i++) {
            door.hear("{}");
        }
        assertThat(lost()).isEqualTo(3);
    }

    @Test
    void moreCharactersThanMayWait_areCountedAsLost() {
        for (int i = 0; i < 20; i++) {
            door.hear("x".repeat((int) PubSubDoor.MOST_CHARACTERS / 10));
        }
        assertThat(lost()).isEqualTo(10);
    }

    @Test
    void stop_endsAfterWhatWasHeard() throws Exception {
        var worker = Thread.ofVirtual().start(door);
        door.hear("{}");
        door.stop();

        assertThat(worker.join(Duration.ofSeconds(10))).isTrue();
        verify(intake).take(argThat(taken -> taken.size() == 1));
    }

    private double lost() {
        return meters.get("mehari.ingest.notifications")
                .tags("source", "redis", "outcome", "lost-overflow")
                .counter()
                .count();
    }
}
