package dev.mehari.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisConnectionFactory;

@ExtendWith(OutputCaptureExtension.class)
class RedisSafetyTest {
    private final RedisSafety strict = safety(false);

    @ParameterizedTest
    @ValueSource(strings = {"6.0.16", "5.0.14.1", "2.8"})
    void oldRedis_isRefused(String version) {
        assertThatThrownBy(() -> strict.judge(facts("redis_version", version)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(version)
                .hasMessageContaining("6.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.2.6", "7.2.4", "8.0.0-rc1", "10.1"})
    void youngRedis_isAccepted(String version) {
        assertThatCode(() -> strict.judge(facts("redis_version", version))).doesNotThrowAnyException();
    }

    @Test
    void evictingRedis_isRefusedWithWhatToSet() {
        assertThatThrownBy(() -> strict.judge(facts("maxmemory_policy", "allkeys-lru")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("allkeys-lru")
                .hasMessageContaining("maxmemory-policy noeviction");
    }

    @Test
    void evictingNodeOfACluster_isRefused() {
        assertThatThrownBy(() -> strict.judge(facts(
                        "10.0.0.1:6379.maxmemory_policy",
                        "noeviction",
                        "10.0.0.2:6379.maxmemory_policy",
                        "volatile-ttl")))
                .hasMessageContaining("volatile-ttl");
    }

    @Test
    void allowedEviction_isSaidLoudly(CapturedOutput output) {
        safety(true).judge(facts("maxmemory_policy", "allkeys-lru"));
        assertThat(output).contains("WARN", "may drop lanes", "allkeys-lru");
    }

    @Test
    void missingAppendOnlyFile_isSaid(CapturedOutput output) {
        strict.judge(facts("aof_enabled", "0"));
        assertThat(output).contains("WARN", "appendonly yes");
    }

    private static RedisSafety safety(boolean allowEviction) {
        return new RedisSafety(mock(RedisConnectionFactory.class), allowEviction, Duration.ZERO);
    }

    private static RedisFacts facts(String... namesAndValues) {
        Properties info = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            info.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new RedisFacts(info);
    }
}
