package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docker-compose.yml} is hardened, and names only what the images and our configuration know. */
class ComposeFileTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)");

    /** What the Java image and its libraries read by themselves. */
    private static final Set<String> OF_THE_IMAGE = Set.of("TZ", "JAVA_TOOL_OPTIONS");

    private final String text = Files.readString(Path.of("docker-compose.yml"));
    private final Map<String, Object> compose = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);

    ComposeFileTest() throws IOException {}

    @Test
    void services_areTheGatewayAndItsTwoStores() {
        assertThat(map(compose, "services")).containsOnlyKeys("gateway", "redis", "postgres");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "redis", "postgres"})
    void service_isHardened(String name) {
        Map<String, Object> service = service(name);

        assertThat(service).containsEntry("restart", "unless-stopped").doesNotContainKey("privileged");
        assertThat(list(service, "security_opt")).contains("no-new-privileges:true");
        assertThat(map(service, "logging", "options")).containsKeys("max-size", "max-file");
        assertThat(map(service, "deploy", "resources", "limits")).containsKeys("cpus", "memory", "pids");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "postgres"})
    void store_isReachedOnlyByTheGateway(String name) {
        assertThat(service(name)).doesNotContainKey("ports");
        assertThat(list(service(name), "networks")).containsExactly("backend");
        assertThat(map(compose, "networks", "backend")).containsEntry("internal", true);
        assertThat(map(service(name), "healthcheck")).containsKeys("test", "interval", "timeout", "retries");
        assertThat(list(service(name), "volumes"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith(name + "-data:");
    }

    @Test
    void gateway_standsInBothNetworksAndOpensOnLoopback() {
        assertThat(list(service("gateway"), "networks")).containsExactlyInAnyOrder("frontend", "backend");
        assertThat(list(service("gateway"), "ports")).containsExactly("${MEHARI_PUBLISH:-127.0.0.1:8080}:8080");
        assertThat(service("gateway")).containsEntry("read_only", true).containsEntry("cap_drop", List.of("ALL"));
        assertThat(map(service("gateway"), "depends_on", "redis")).containsEntry("condition", "service_healthy");
    }

    @Test
    void gateway_mountsTheOperatorsFolders() {
        List<String> sources = list(service("gateway"), "volumes").stream()
                .map(volume -> volume.split(":")[0])
                .toList();

        assertThat(sources).contains("./routes", "./config");
        assertThat(sources)
                .filteredOn(source -> source.startsWith("."))
                .allMatch(source -> Files.isDirectory(Path.of(source)));
        assertThat(sources)
                .filteredOn(source -> !source.startsWith("."))
                .allMatch(map(compose, "volumes")::containsKey);
    }

    @Test
    void redis_keepsEveryLane() {
        assertThat(list(service("redis"), "command").get(2))
                .contains("--appendonly yes", "--maxmemory-policy noeviction", "--requirepass");
    }

    @Test
    void gatewaysVariables_areThoseOfTheConfiguration() throws IOException {
        Set<String> known = new TreeSet<>(OF_THE_IMAGE);
        for (String file : List.of("config/application.yaml", "config/channels.yaml")) {
            known.addAll(variables(Files.readString(Path.of(file))));
        }

        assertThat(known).containsAll(map(service("gateway"), "environment").keySet());
    }

    @Test
    void exampleOfEnv_namesEveryVariableAndNoSecret() throws IOException {
        Properties example = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(".env.example"))) {
            example.load(reader);
        }

        assertThat(example.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(variables(text));
        assertThat(example).allSatisfy((name, value) -> {
            if (Stream.of("PASSWORD", "URL").anyMatch(name.toString()::endsWith)) {
                assertThat(value).asString().isEmpty();
            }
        });
        assertThat(Files.readAllLines(Path.of(".gitignore"))).contains("/.env");
    }

    private static Set<String> variables(String text) {
        return VARIABLE.matcher(withoutComments(text))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static String withoutComments(String text) {
        return text.lines()
                .filter(Predicate.not(line -> line.strip().startsWith("#")))
                .collect(Collectors.joining("\n"));
    }

    private Map<String, Object> service(String name) {
        return map(compose, "services", name);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> from, String... path) {
        Map<String, Object> here = from;
        for (String key : path) {
            assertThat(here.get(key)).as(key).isInstanceOf(Map.class);
            here = (Map<String, Object>) here.get(key);
        }
        return here;
    }

    private static List<String> list(Map<String, Object> from, String key) {
        assertThat(from.get(key)).as(key).isInstanceOf(List.class);
        return ((List<?>) from.get(key)).stream().map(String::valueOf).toList();
    }
}
