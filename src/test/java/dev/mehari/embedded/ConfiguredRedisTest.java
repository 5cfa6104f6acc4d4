package dev.mehari.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class ConfiguredRedisTest {
    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void nothingSaid_isNoAddress() {
        environment.setProperty("mehari.redis.url", " ");
        assertThat(ConfiguredRedis.url(environment)).isNull();
        assertThat(ConfiguredRedis.isElsewhere(environment)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"redis://localhost:6379", "rediss://user:p%40ss@redis.example.org:6380/2", "redis://:pw@10.0.0.1"
            })
    void address_isTakenAsItIs(String url) {
        environment.setProperty("REDIS_URL", url);
        assertThat(ConfiguredRedis.url(environment)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:6379",
                "http://localhost:6379",
                "redis://:geheim#1@host",
                "redis://:ge heim@host",
                "redis://"
            })
    void whatIsNoAddress_isRefused_andNotRepeated(String url) {
        environment.setProperty("REDIS_URL", url);
        assertThatThrownBy(() -> ConfiguredRedis.url(environment))
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("REDIS_URL is not an address")
                .hasMessageNotContaining("heim")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "cluster.nodes", "sentinel.nodes[0]"})
    void springsOwnProperties_nameARedisToo(String key) {
        environment.setProperty("spring.data.redis." + key, "10.0.0.1:7000");
        assertThat(ConfiguredRedis.isElsewhere(environment)).isTrue();
    }
}
