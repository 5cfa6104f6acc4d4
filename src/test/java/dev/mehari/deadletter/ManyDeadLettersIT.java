package dev.mehari.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.testkit.RealRedis;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A hundred thousand letters: every operation stays right, and none takes a time that grows with the square. */
class ManyDeadLettersIT {
    private static final int MANY = 100_000;
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private final DeadLetters letters =
            DeadLettersForTests.over(redis.template(), letter -> {}, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void halfOfThem_areReplayedAndTheOldOnesPurged() {
        fill();
        var odd = new DeadLetterFilter("odd", null, null);

        assertThat(letters.groups(DeadLetterFilter.ANY))
                .hasSize(2)
                .extracting("count")
                .containsOnly(MANY / 2L);
        assertThat(letters.find("n1:odd")).isPresent();
        assertThat(letters.find("never")).isEmpty();
        assertThat(letters.delete("n50001:odd")).isTrue();
        assertThat(letters.replay(odd, false).replayed()).isEqualTo(MANY / 2 - 1);
        assertThat(letters.size()).isEqualTo(MANY / 2);
        assertThat(letters.purge(NOW.minusSeconds(MANY / 2))).isEqualTo(MANY / 4);
        assertThat(letters.size()).isEqualTo(MANY / 4);
    }

    private void fill() {
        Map<String, String> index = new HashMap<>();
        var entries = new ArrayList<String>();
        for (int i = 0; i < MANY; i++) {
            var letter = Letters.of(
                    "n" + i, i % 2 == 1 ? "odd" : "even", DeadReason.ATTEMPTS_EXHAUSTED, NOW.minusSeconds(MANY - i));
            var entry = DeadLetterJson.write(letter);
            entries.add(entry);
            index.put(letter.id(), entry);
            if (entries.size() == 1000) {
                redis.template().opsForList().leftPushAll("notifications:dead_letter", entries);
                redis.template().opsForHash().putAll("{notifications:dead_letter}:index", index);
                entries.clear();
                index.clear();
            }
        }
    }
}
