package dev.mehari.delivery.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mehari.channel.Channel;
import dev.mehari.delivery.Provider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/providers.md} says what the code does. */
class ProvidersPageTest {
    private static final Map<String, Provider> PROVIDERS = new HashMap<>();

    static {
        DiscordProvider discord = new DiscordProvider(Samples.CLOCK, Duration.ofMinutes(10));
        for (Provider each : List.of(
                discord,
                new SandboxProvider(discord),
                new TelegramProvider(Samples.CLOCK),
                new SlackProvider(Samples.CLOCK),
                new WebhookProvider(Samples.CLOCK),
                new NtfyProvider(Samples.CLOCK),
                new EmailProvider(Samples.CLOCK))) {
            PROVIDERS.put(each.name(), each);
        }
    }

    private final String page = Files.readString(Path.of("docs/providers.md"));

    ProvidersPageTest() throws Exception {}

    @Test
    void table_holdsEveryProviderWithItsKeys() {
        PROVIDERS.forEach((name, provider) -> {
            Channel wrong = Samples.channel(name, "", Map.of("no-such-key", "x"));
            String known = provider.problems(wrong).getFirst().replaceAll(".*it has (.*)\\.", "$1");
            String row = page.lines()
                    .filter(line -> line.startsWith("| `" + name + "` |"))
                    .findFirst()
                    .orElseThrow();
            assertThat(row).as(name).satisfies(text -> {
                if (!name.equals("sandbox")) {
                    assertThat(text)
                            .contains(List.of(known.split(", ")).stream()
                                    .map(key -> "`" + key)
                                    .toList());
                }
            });
        });
    }

    @Test
    void example_hasNoProblems() throws Exception {
        List<String> blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .toList();
        String yaml =
                blocks.getFirst().replace("```yaml", "").replace("```", "").replaceAll("\\$\\{\\w+:([^}]*)}", "$1");
        JsonNode channels = new YAMLMapper().readTree(yaml).path("channels");
        assertThat(channels).hasSize(3);
        for (JsonNode each : channels) {
            Map<String, Object> settings = new YAMLMapper().convertValue(each, HashMap.class);
            settings.keySet().removeAll(List.of("provider", "url"));
            String name = each.path("provider").asText();
            assertThat(PROVIDERS.get(name).problems(Samples.channel(name, "", settings)))
                    .isEmpty();
        }
    }
}
