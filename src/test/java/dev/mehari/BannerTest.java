package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails;
import org.springframework.mock.env.MockEnvironment;

class BannerTest {
    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void banner_holdsWhatCanBePasted() {
        String text = banner().text(8099, 3.44);

        assertThat(text)
                .contains("ready after 3.4 s")
                .contains("http://127.0.0.1:8099/sandbox")
                .contains("http://127.0.0.1:8099/hawtio")
                .contains("password in data/console-password")
                .contains("curl -s http://127.0.0.1:8099/api/v1/notifications "
                        + "-H \"Authorization: Bearer $(cat data/api-key)\" -H 'Content-Type: application/json' -d '{")
                .contains("redis-cli -p 6390 PUBLISH notifications '{")
                .contains("\"Disk at 91 %\"");
    }

    @Test
    void banner_showsNoConfiguredSecret() {
        environment.setProperty("mehari.security.api-keys", "bot:correct-horse-battery");
        environment.setProperty("mehari.security.console-password", "staple-99");

        assertThat(banner().text(1, 1))
                .contains("Bearer YOUR-KEY", "password as configured")
                .doesNotContain("battery", "staple");
    }

    @Test
    void dataFolderElsewhere_isNamedInFull() {
        Path elsewhere = Path.of("").toAbsolutePath().resolveSibling("elsewhere");
        environment.setProperty("mehari.data-dir", elsewhere.toString());

        assertThat(banner().text(1, 1)).contains("$(cat " + elsewhere + "/api-key)");
    }

    private Banner banner() {
        RedisConnectionDetails details = mock();
        when(details.getStandalone()).thenReturn(RedisConnectionDetails.Standalone.of("127.0.0.1", 6390));
        ObjectProvider<RedisConnectionDetails> redis = mock();
        when(redis.getIfAvailable()).thenReturn(details);
        return new Banner(environment, redis);
    }
}
