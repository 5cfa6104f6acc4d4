package dev.mehari.deadletter;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.data.redis.core.StringRedisTemplate;

/** The real store for tests of other packages. */
public final class DeadLettersForTests {
    private DeadLettersForTests() {}

    public static DeadLetters over(StringRedisTemplate redis, Replayer replayer, Clock clock) {
        var properties = new DeadLetterProperties("notifications:dead_letter", Duration.ofSeconds(15));
        return new DeadLetters(new DeadLetterList(redis, properties), replayer, clock, new SimpleMeterRegistry());
    }
}
