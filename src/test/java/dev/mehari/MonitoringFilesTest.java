package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboard and alert rules speak only of metrics that the gateway has. */
class MonitoringFilesTest {
    private static final Path FOLDER = Path.of("config/monitoring");
    private static final Pattern USED = Pattern.compile("\\bmehari_[a-z_]+");
    private static final Pattern MADE = Pattern.compile("\"(mehari\\.[a-z.-]+)\"");

    @Test
    void dashboard_isJson_withAQueryInEachPanel_andKnownMetrics() throws IOException {
        var dashboard = new ObjectMapper()
                .readTree(FOLDER.resolve("grafana-dashboard.json").toFile());
        var expressions = new StringBuilder();
        dashboard.path("panels").forEach(panel -> {
            assertThat(panel.path("targets")).as(panel.path("title").asText()).isNotEmpty();
            panel.path("targets")
                    .forEach(target ->
                            expressions.append(target.path("expr").asText()).append('\n'));
        });
        assertKnown(expressions.toString());
    }

    @Test
    void alerts_areRules_withKnownMetrics() throws IOException {
        var rules = new YAMLMapper()
                .readTree(FOLDER.resolve("alerts.yaml").toFile())
                .at("/groups/0/rules");
        var names = new TreeSet<String>();
        for (JsonNode rule : rules) {
            var name = rule.path("alert").asText();
            assertThat(names.add(name)).as(name).isTrue();
            assertThat(rule.at("/labels/severity").asText()).as(name).isIn("critical", "warning", "info");
            assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
            assertKnown(rule.path("expr").asText());
        }
        assertThat(names).hasSizeGreaterThan(5);
    }

    private static void assertKnown(String expressions) throws IOException {
        var used = USED.matcher(expressions).results().map(use -> use.group()).collect(Collectors.toSet());
        assertThat(used).isNotEmpty();
        assertThat(made())
                .containsAll(used.stream().map(MonitoringFilesTest::bare).collect(Collectors.toSet()));
    }

    /** Without what Prometheus' format adds for the kind of meter. */
    private static String bare(String metric) {
        return metric.replaceFirst("(_seconds)?_(total|bucket|sum|count)$", "");
    }

    private static Set<String> made() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            var names = new TreeSet<String>();
            for (var file : files.filter(Files::isRegularFile).toList()) {
                MADE.matcher(Files.readString(file))
                        .results()
                        .forEach(name ->
                                names.add(name.group(1).replace('.', '_').replace('-', '_')));
            }
            return names;
        }
    }
}
