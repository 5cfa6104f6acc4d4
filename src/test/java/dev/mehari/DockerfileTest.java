package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the {@code Dockerfile} as an engine would, and runs its health check against a server of the test's own. */
class DockerfileTest {
    private static final Set<String> KNOWN =
            Set.of("FROM", "RUN", "COPY", "WORKDIR", "ENV", "USER", "EXPOSE", "VOLUME", "HEALTHCHECK", "ENTRYPOINT");

    private record Instruction(String name, String arguments) {}

    private final List<Instruction> instructions = parse(Files.readAllLines(Path.of("Dockerfile")));
    private final List<Instruction> image = lastStage();

    DockerfileTest() throws IOException {}

    @Test
    void everyLine_isAnInstruction() {
        assertThat(instructions).extracting(Instruction::name).isSubsetOf(KNOWN).startsWith("FROM");
    }

    @Test
    void stages_areTwoAndNameTheirVersions() {
        assertThat(all(instructions, "FROM"))
                .hasSize(2)
                .allMatch(from -> from.matches("eclipse-temurin:\\d+-(jdk|jre)-[a-z]+( AS build)?"));
        assertThat(image).first().extracting(Instruction::arguments).asString().contains("-jre-");
    }

    @Test
    void copies_findWhatTheyCopy() throws IOException {
        List<String> sent = Files.readAllLines(Path.of(".dockerignore"));
        assertThat(sent).contains("*");
        for (String copy : all(instructions, "COPY")) {
            List<String> words = Stream.of(copy.split(" "))
                    .filter(word -> !word.startsWith("--chown"))
                    .toList();
            if (!words.get(0).startsWith("--from=build")) {
                assertThat(words.subList(0, words.size() - 1))
                        .allMatch(source -> Files.exists(Path.of(source)))
                        .allMatch(source -> sent.contains("!" + source));
            }
        }
    }

    @Test
    void image_runsAsNobodyInParticularAndKeepsTheOperatorsFolders() {
        assertThat(all(image, "USER")).containsExactly("10001:10001");
        assertThat(array(all(image, "VOLUME").get(0)))
                .containsExactlyInAnyOrder("/mehari/routes", "/mehari/config", "/mehari/data");
        assertThat(array(all(image, "ENTRYPOINT").get(0)))
                .startsWith("java")
                .endsWith("-jar", "/opt/mehari/mehari.jar");
        assertThat(all(image, "EXPOSE")).containsExactly("8080");
    }

    @Test
    void variables_areThoseOfTheConfiguration() throws IOException {
        String manual = Files.readString(Path.of("config/application.yaml"));

        assertThat(all(image, "ENV")).allMatch(variable -> manual.contains("${" + variable.split("=")[0] + ":"));
        assertThat(manual).contains("${MEHARI_PORT:8080}");
    }

    @ParameterizedTest
    @CsvSource({"200, true", "503, false", "404, false"})
    void healthCheck_believesOnlyA200(int status, boolean healthy) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/health") ? status : 404, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(checkHealth(server.getAddress().getPort()) == 0).isEqualTo(healthy);
        } finally {
            server.stop(0);
        }
        assertThat(checkHealth(server.getAddress().getPort()))
                .as("nobody answers")
                .isNotZero();
    }

    private int checkHealth(int port) throws Exception {
        String check = all(image, "HEALTHCHECK").get(0);
        ProcessBuilder bash = new ProcessBuilder(array(check.substring(check.indexOf("CMD ") + 4)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        bash.environment().put("MEHARI_PORT", String.valueOf(port));
        Process process = bash.start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private List<Instruction> lastStage() {
        int from = 0;
        for (int at = 0; at < instructions.size(); at++) {
            from = instructions.get(at).name().equals("FROM") ? at : from;
        }
        return instructions.subList(from, instructions.size());
    }

    private static List<String> all(List<Instruction> from, String name) {
        return from.stream()
                .filter(instruction -> instruction.name().equals(name))
                .map(Instruction::arguments)
                .toList();
    }

    private static List<String> array(String json) {
        try {
            return List.of(new ObjectMapper().readValue(json, String[].class));
        } catch (IOException noArray) {
            throw new AssertionError("not in the exec form: " + json, noArray);
        }
    }

    private static List<Instruction> parse(List<String> lines) {
        List<Instruction> found = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            boolean goesOn = line.endsWith("\\");
            open.append(goesOn ? line.substring(0, line.length() - 1).strip() + " " : line.strip());
            if (!goesOn) {
                String[] parts = open.toString().split(" +", 2);
                found.add(new Instruction(parts[0], parts[1]));
                open.setLength(0);
            }
        }
        assertThat(open).as("a line that goes on into nothing").isEmpty();
        return found;
    }
}
