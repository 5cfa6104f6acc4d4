package dev.mehari.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisConfigurationTest {
    private final RedisConfiguration.Patience patience = new RedisConfiguration.Patience(Duration.ofMillis(700));

    @Test
    void commandThatWaitsInRedis_hasThatTimeBesides() {
        assertThat(millis(CommandType.GET)).isEqualTo(700);
        assertThat(millis(CommandType.BLMOVE)).isEqualTo(700 + RedisGate.LONGEST_WAIT.toMillis());
    }

    private long millis(CommandType type) {
        var command = new Command<>(type, new StatusOutput<>(StringCodec.UTF8));
        return patience.getTimeUnit().toMillis(patience.getTimeout(command));
    }
}
