package dev.mehari.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RealRedisIT {
    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    @RegisterExtension
    static final RealRedis other = new RealRedis();

    @Test
    void database_belongsToOneInstance() {
        redis.template().opsForValue().set("key", "mine");

        assertThat(other.template().hasKey("key")).isFalse();
        assertThat(redis.template().opsForValue().get("key")).isEqualTo("mine");
    }

    @Test
    void database_isEmptyBeforeEachTest() {
        assertThat(redis.template().keys("*")).isEmpty();
        redis.template().opsForValue().set("left", "behind");
        redis.flush();
        assertThat(redis.template().keys("*")).isEmpty();
    }

    @Test
    void server_speaksRedisSixTwo() {
        var info = redis.connections().getConnection().serverCommands().info("server");
        assertThat(info.getProperty("redis_version")).startsWith("6.2");
    }
}
