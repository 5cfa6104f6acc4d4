package dev.mehari.delivery.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mehari.channel.ChannelRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/providers.md} says what the code does. */
class ProvidersPageTest {
    private final ChannelRules rules = KnownProviders.rules(Samples.CLOCK);
    private final String page = Files.readString(Path.of("docs/providers.md"));

    ProvidersPageTest() throws Exception {}

    @Test
    void table_holdsEveryProviderWithItsKeys() {
        assertThat(rules.providers()).hasSize(7).allSatisfy(name -> {
            String problem = rules.problems(Samples.channel(name, "", Map.of("no-such-key", "x")))
                    .getFirst();
            String known = name.equals("sandbox") ? "discord" : problem.replaceAll(".*it has (.*)\\.", "$1");
            String row = page.lines()
                    .filter(line -> line.startsWith("| `" + name + "` |"))
                    .findFirst()
                    .orElseThrow();
            assertThat(List.of(known.split(", ")))
                    .allSatisfy(key -> assertThat(row).contains("`" + key));
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
            assertThat(rules.problems(Samples.channel(name, "", settings))).isEmpty();
        }
    }
}
