package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.util.PropertyPlaceholderHelper;

/** {@code config/application.yaml} is the manual: it holds every key of ours that the code asks for, and no other. */
class ConfigurationManualTest {
    private static final String KEY = "(mehari\\.[a-z][a-z0-9.-]*[a-z0-9])";

    /** {@code @Value("${key:default}")}, {@code {{key}}} in routes, and keys asked for by hand. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{" + KEY + "(?::([^}\"]*))?}");

    private static final List<Pattern> ASKED = List.of(
            PLACEHOLDER,
            Pattern.compile("springProperty name=\"\\w+\" source=\"" + KEY + "\""),
            Pattern.compile("\\{\\{\\??" + KEY),
            Pattern.compile("(?:[pP]roperty|bind|bindOrCreate)\\(\\s*\"" + KEY + "\""),
            Pattern.compile("ConditionalOn(?:Boolean)?Property\\(\\s*(?:name = |value = )?\"" + KEY + "\""));

    /** Might be a metric's name as well: enough to show that a key of the manual is read, not that it is missing. */
    private static final Pattern LITERAL = Pattern.compile("\"" + KEY + "\"");

    private final Map<String, String> manual = read();

    @Test
    void manual_holdsEveryKeyTheCodeAsksFor() throws IOException {
        Set<String> missing = new TreeSet<>(askedFor());
        missing.removeIf(key -> manual.containsKey(key) || hasChildren(key, manual.keySet()));

        assertThat(missing)
                .as("keys to be explained in config/application.yaml")
                .isEmpty();
    }

    @Test
    void manual_holdsNoKeyThatNothingReads() throws IOException {
        Set<String> asked = askedFor();
        matches(LITERAL, sources()).forEach(use -> asked.add(use.group(1)));
        Set<String> idle = new TreeSet<>(manual.keySet());
        idle.removeIf(key -> asked.contains(key) || asked.stream().anyMatch(map -> key.startsWith(map + ".")));

        assertThat(idle)
                .as("keys of config/application.yaml that nothing reads")
                .isEmpty();
    }

    @Test
    void defaultsInTheCode_areThoseOfTheManual() throws IOException {
        Map<String, String> differing = new TreeMap<>();
        for (MatchResult use : matches(PLACEHOLDER, sources())) {
            String key = use.group(1);
            if (use.group(2) != null && manual.containsKey(key) && !use.group(2).equals(manual.get(key))) {
                differing.put(key, "code " + use.group(2) + ", manual " + manual.get(key));
            }
        }

        assertThat(differing).isEmpty();
    }

    private static boolean hasChildren(String key, Collection<String> keys) {
        return keys.stream().anyMatch(other -> other.startsWith(key + "."));
    }

    private static Set<String> askedFor() throws IOException {
        Set<String> keys = new TreeSet<>(boundKeys());
        List<String> sources = sources();
        for (Pattern pattern : ASKED) {
            matches(pattern, sources).forEach(use -> keys.add(use.group(1)));
        }
        return keys;
    }

    private static List<MatchResult> matches(Pattern pattern, List<String> texts) {
        return texts.stream().flatMap(text -> pattern.matcher(text).results()).toList();
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> java = Files.walk(Path.of("src/main/java"));
                Stream<Path> routes = Files.walk(Path.of("routes"))) {
            List<Path> files =
                    Stream.concat(java, routes).filter(Files::isRegularFile).toList();
            List<String> texts = new ArrayList<>();
            for (Path file : files) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }

    /** What Spring's own processor found bound to {@code @ConfigurationProperties}. */
    private static Set<String> boundKeys() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (URL metadata : Collections.list(ConfigurationManualTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = metadata.openStream()) {
                for (JsonNode property : new ObjectMapper().readTree(in).path("properties")) {
                    String name = property.path("name").asText();
                    if (name.startsWith("mehari.")) {
                        keys.add(name);
                    }
                }
            }
        }
        return keys;
    }

    private static Map<String, String> read() {
        try {
            JsonNode root =
                    new YAMLMapper().readTree(Path.of("config/application.yaml").toFile());
            Map<String, String> keys = new TreeMap<>();
            flatten("mehari", root.path("mehari"), keys);
            return keys;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Values as they are where no environment variable is set. */
    private static void flatten(String key, JsonNode node, Map<String, String> into) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(child -> flatten(key + "." + child.getKey(), child.getValue(), into));
        } else {
            into.put(
                    key,
                    new PropertyPlaceholderHelper("${", "}", ":", null, true)
                            .replacePlaceholders(node.asText(), name -> null));
        }
    }
}
