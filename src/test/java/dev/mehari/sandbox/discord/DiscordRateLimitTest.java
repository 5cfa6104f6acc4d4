package dev.mehari.sandbox.discord;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.sandbox.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DiscordRateLimitTest {
    private static final String HELLO = "{\"content\":\"hello\"}";
    private final DiscordCalls discord = new DiscordCalls(DiscordLimits.real());

    @Test
    void sixthRequestInTwoSeconds_isLimited() {
        for (int left = 4; left >= 0; left--) {
            Answer answer = discord.post(HELLO);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.headers())
                    .containsEntry("X-RateLimit-Limit", "5")
                    .containsEntry("X-RateLimit-Remaining", Integer.toString(left))
                    .containsEntry("X-RateLimit-Reset", "1795161602.000")
                    .containsEntry("Via", "1.1 google");
            discord.clock.advance(Duration.ofMillis(100));
        }
        Answer limited = discord.post(HELLO);

        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.headers())
                .containsEntry("Retry-After", "2")
                .containsEntry("X-RateLimit-Remaining", "0")
                .containsEntry("X-RateLimit-Reset-After", "1.500")
                .containsEntry("X-RateLimit-Scope", "user")
                .containsEntry("Via", "1.1 google");
        assertThat(limited.text())
                .isEqualTo("{\"message\":\"You are being rate limited.\",\"retry_after\":1.5,\"global\":false}");
        assertThat(discord.violations.all()).extracting("kind").containsExactly("rate-limited");
    }

    @Test
    void waitingAsTold_isEnough() {
        for (int i = 0; i < 5; i++) {
            discord.post(HELLO);
        }
        discord.clock.advance(Duration.ofMillis(1999));
        assertThat(discord.post(HELLO).status()).isEqualTo(429);
        discord.clock.advance(Duration.ofMillis(1));
        assertThat(discord.post(HELLO).status()).isEqualTo(204);
    }

    @Test
    void failedRequests_countToo() {
        for (int i = 0; i < 5; i++) {
            assertThat(discord.post("{}").status()).isEqualTo(400);
        }
        assertThat(discord.post(HELLO).status()).isEqualTo(429);
    }

    @Test
    void thirtyFirstMessageOfADiscordChannel_isLimitedOutOfTheBlue() {
        DiscordWebhook other = discord.discord.register(DiscordWebhook.in("alertes", "trades"));
        for (int i = 0; i < 30; i++) {
            String path = (i % 2 == 0 ? discord.webhook : other).path(10);
            assertThat(discord.call("POST", path, HELLO).status()).isEqualTo(204);
            discord.clock.advance(Duration.ofMillis(500));
        }
        Answer limited = discord.post(HELLO);

        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.headers())
                .containsEntry("X-RateLimit-Scope", "shared")
                .containsEntry("X-RateLimit-Remaining", "3")
                .containsEntry("Retry-After", "45");
        JsonNode body = DiscordCalls.json(limited);
        assertThat(body.path("retry_after").asDouble()).isEqualTo(45.0);
        assertThat(body.path("code").asInt()).isEqualTo(20028);

        discord.clock.advance(Duration.ofSeconds(45));
        assertThat(discord.post(HELLO).status()).isEqualTo(204);
    }

    @Test
    void webhooksOfOtherChannels_haveTheirOwnLimit() {
        DiscordWebhook other = discord.discord.register(DiscordWebhook.of("alertes"));
        for (int i = 0; i < 5; i++) {
            discord.post(HELLO);
        }
        Answer answer = discord.call("POST", other.path(10), HELLO);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers().get("X-RateLimit-Bucket"))
                .as("the hash is the same for all webhooks")
                .isEqualTo(discord.post(HELLO).headers().get("X-RateLimit-Bucket"));
    }

    @Test
    void fiftyFirstRequestOfAnAddressInASecond_isLimitedGlobally() {
        for (int i = 0; i < 50; i++) {
            DiscordWebhook one = discord.discord.register(DiscordWebhook.of("channel-" + i));
            assertThat(discord.call("POST", one.path(10), HELLO).status()).isEqualTo(204);
        }
        Answer limited = discord.post(HELLO);

        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.headers())
                .containsEntry("X-RateLimit-Global", "true")
                .containsEntry("X-RateLimit-Scope", "global")
                .doesNotContainKey("X-RateLimit-Limit");
        assertThat(DiscordCalls.json(limited).path("global").asBoolean()).isTrue();
        discord.remote = "192.0.2.2";
        assertThat(discord.post(HELLO).status()).isEqualTo(204);
    }

    @Test
    void versionSix_tellsMilliseconds() {
        for (int i = 0; i < 5; i++) {
            discord.call("POST", discord.webhook.path(), HELLO);
        }
        Answer limited = discord.call("POST", discord.webhook.path(), HELLO);

        assertThat(limited.headers())
                .containsEntry("Retry-After", "2000")
                .containsEntry("X-RateLimit-Reset", "1795161602");
        assertThat(limited.text()).contains("\"retry_after\":2000,");
    }

    @Test
    void tooManyInvalidRequests_areBannedByTheNetwork() {
        DiscordCalls banned =
                new DiscordCalls(DiscordLimits.real().withInvalid(3, Duration.ofMinutes(10), Duration.ofHours(1)));
        for (int i = 0; i < 3; i++) {
            assertThat(banned.call("POST", banned.webhook.path(10) + "x", HELLO).status())
                    .isEqualTo(401);
        }
        Answer answer = banned.post(HELLO);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).doesNotContainKeys("Via", "Retry-After", "X-RateLimit-Limit");
        assertThat(answer.text()).contains("Error 1015");
        banned.clock.advance(Duration.ofHours(1));
        assertThat(banned.post(HELLO).status()).isEqualTo(204);
    }
}
