package dev.mehari.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ChannelsFileTest {
    private static final ChannelRules RULES = new ChannelRules() {
        @Override
        public Set<String> providers() {
            return Set.of("webhook", "discord");
        }

        @Override
        public List<String> problems(Channel channel) {
            return channel.settings().containsKey("colour") ? List.of("'colour' is not known here.") : List.of();
        }
    };

    private final ChannelsFile file = new ChannelsFile(RULES, environment()::resolveRequiredPlaceholders, "admin");

    /** Each fixture has the one mistake its name says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fallback-in-a-circle | 5 | The fallbacks go in a circle: trades → signal → trades. Take one of them out.",
                "fallback-to-itself | 5 | The fallbacks go in a circle: trades → trades.",
                "unknown-fallback | 5 | which is not among the channels. Did you mean 'admin'?",
                "unknown-provider | 4 | There is no provider 'webhok'. Did you mean 'webhook'?",
                "no-provider | 4 | needs 'provider:'",
                "unset-variable | 5 | names an environment variable that is not set",
                "bad-duration | 5 | a time such as 500ms, 30s or 24h",
                "duration-of-zero | 5 | a time such as 500ms, 30s or 24h",
                "number-out-of-range | 5 | a number from 1 to 256",
                "unknown-throttle-key | 5 | Did you mean 'requests'?",
                "unknown-default | 2 | Unknown key 'retries'. Known are: breaker, coalesce",
                "unknown-top-level-key | 3 | Did you mean 'channels'?",
                "default-channel-missing | 0 | The default channel 'admin'",
                "no-channels | 0 | There are no channels",
                "name-with-capitals | 3 | 'Trades' is not.",
                "channel-is-a-word | 3 | must be a map",
                "order-by-something | 5 | 'order-by' must be recipient or data.KEY.",
                "setting-of-the-provider | 5 | Channel 'trades': 'colour' is not known here."
            })
    void mistake_isNamedWithItsPlace(String mistake, int line, String sentence) throws IOException {
        var problems = read(Files.readString(Path.of("src/test/resources/channels", mistake + ".yaml")))
                .problems();

        assertThat(problems).as(problems.toString()).isNotEmpty();
        assertThat(problems.getFirst().line()).isEqualTo(line);
        assertThat(problems.getFirst().message()).contains(sentence);
        assertThat(problems).hasSize(mistake.equals("fallback-in-a-circle") ? 2 : 1);
    }

    @Test
    void shippedFile_hasNoMistake_andAllChannelsOfTheTeam() throws IOException {
        var result = read(Files.readString(Path.of("config/channels.yaml")));
        assertThat(result.problems()).isEmpty();
        assertThat(result.channels()).containsOnlyKeys("trades", "alertes", "performance", "signal", "admin");
        assertThat(result.channels().values()).allMatch(Channel::sandboxed);
    }

    @Test
    void defaults_areInheritedKeyByKey_andAFallbackOfAllHasNoneItself() {
        var channels = read("""
                        defaults:
                          provider: discord
                          fallback: admin
                          throttle: { requests: 7, period: 3s }
                          retry: { attempts: 4 }
                        channels:
                          admin: {}
                          trades:
                            throttle: { requests: 1 }
                            url: ${A_URL}
                            username: ${NAME:Mehari}
                        """).channels();
        var trades = channels.get("trades");
        assertThat(trades.provider()).isEqualTo("discord");
        assertThat(trades.throttle()).isEqualTo(new Channel.Throttle(1, Duration.ofSeconds(3)));
        assertThat(trades.retry().attempts()).isEqualTo(4);
        assertThat(trades.retry().maxDelay()).isEqualTo(Duration.ofSeconds(60));
        assertThat(trades.fallback()).isEqualTo("admin");
        assertThat(channels.get("admin").fallback()).isNull();
        assertThat(trades.settings()).isEqualTo(Map.of("username", "Mehari"));
        assertThat(trades.url().reveal()).isEqualTo("https://example.com/s3cret");
        assertThat(trades.toString()).doesNotContain("s3cret");
    }

    @Test
    void allMistakes_areNamedAtOnce_andNoneTellsASecret() {
        var problems = read("""
                        channels:
                          admin: { provider: nowhere, url: "https://example.com/s3cret", coalesce: 0 }
                          trades: { provider: webhook, fallback: gone, expire-after: -1s }
                        """).problems();
        assertThat(problems).hasSize(4);
        assertThat(problems.toString()).doesNotContain("s3cret");
    }

    private ChannelsFile.Result read(String text) {
        return file.read("config/channels.yaml", text);
    }

    private static StandardEnvironment environment() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("A_URL", "https://example.com/s3cret")));
        return environment;
    }
}
