package dev.mehari.delivery.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.channel.Channel;
import dev.mehari.delivery.Outcome.Scope;
import dev.mehari.delivery.budget.Plan.Window;
import dev.mehari.security.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PlansTest {
    private static final String DISCORD = "https://discord.com/api/v10/webhooks/2237/3d89bb7572e0fb30d8128367b3b1b44f";
    private static final String TELEGRAM = "https://api.telegram.org/bot123456:AAF-topsecret";

    private final Plans plans =
            new Plans(settings(), channel -> URI.create(channel.url().reveal()), new Unlearnt());

    @Test
    void discord_countsPerWebhookPerDiscordChannelAndPerHost() {
        var plan = plan("discord", DISCORD, "");
        assertThat(plan.host()).isEqualTo("discord.com");
        assertThat(plan.windows())
                .containsExactly(
                        new Window(Scope.CHANNEL, "webhook:2237", 5, Duration.ofMillis(2_050), false),
                        new Window(Scope.SHARED, "channel:9", 30, Duration.ofMillis(60_050), true),
                        new Window(Scope.HOST, "all", 50, Duration.ofMillis(1_050), false));
    }

    @Test
    void discord_isTakenAtItsWordWhenItGrantsLess() {
        plans.learn(plan("discord", DISCORD, ""), 3);
        assertThat(plan("discord", DISCORD, "").windows().getFirst().requests()).isEqualTo(3);
        plans.learn(plan("discord", DISCORD, ""), 30);
        assertThat(plan("discord", DISCORD, "").windows().getFirst().requests()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"77, 2", "-1001, 3", "@news, 3"})
    void telegram_countsPerChatPerBotAndInGroupsPerMinute(String chat, int windows) {
        var plan = plan("telegram", TELEGRAM, chat);
        assertThat(plan.windows()).hasSize(windows);
        assertThat(plan.windows().getFirst().name()).isEqualTo("bot:123456:chat:" + chat);
        assertThat(plan.windows().getLast().requests()).isEqualTo(30);
    }

    @Test
    void anyOtherProvider_hasNoLimitUntilItAsksForOne() {
        assertThat(plan("webhook", "https://example.org:8443/hook?key=topsecret", "")
                        .unlimited())
                .isTrue();
        assertThat(plan("webhook", "https://example.org:8443/hook", "").host()).isEqualTo("example.org:8443");
        assertThat(plan("email", "smtp://user:topsecret@mail.example.org:587", "")
                        .host())
                .isEqualTo("mail.example.org:587");
    }

    @ParameterizedTest
    @CsvSource({
        "discord, " + DISCORD,
        "telegram, " + TELEGRAM,
        "slack, https://hooks.slack.com/services/T1/B1/topsecret",
        "webhook, https://user:topsecret@example.org/topsecret?topsecret"
    })
    void names_holdNoSecret(String provider, String url) {
        assertThat(plan(provider, url, "").toString()).doesNotContain("topsecret", "3d89bb75");
    }

    private Plan plan(String provider, String url, String chat) {
        return plans.of(new Channel(
                "trades",
                null,
                provider,
                Secret.of(url),
                new Channel.Throttle(1, Duration.ofSeconds(1)),
                new Channel.Retry(1, Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 0),
                new Channel.Breaker(50, 10, 5, Duration.ofSeconds(1)),
                null,
                Duration.ofHours(1),
                1,
                1,
                null,
                Map.of("chat", chat)));
    }

    /** The numbers of the code, which are those of the manual. */
    private static BudgetSettings settings() {
        return new Binder(new MapConfigurationPropertySource(Map.of("none", "")))
                .bindOrCreate("mehari.delivery.budget", BudgetSettings.class);
    }

    private static final class Unlearnt extends DiscordChannels {
        @SuppressWarnings("NullAway") // asks no Redis
        private Unlearnt() {
            super(null, "", Duration.ofMinutes(1));
        }

        @Override
        String of(String host, String webhook) {
            return "channel:9";
        }
    }
}
