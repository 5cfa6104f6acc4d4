package dev.mehari.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar alone, started in an empty folder. */
class JarJourneyIT {
    private static final Pattern PORT = Pattern.compile("Address +http://127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    Path folder;

    private Path log;
    private Process gateway;

    @BeforeEach
    void start() throws IOException {
        log = folder.resolveSibling(folder.getFileName() + ".log");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder command = new ProcessBuilder(
                        java.toString(), "-XX:TieredStopAtLevel=1", "-jar", System.getProperty("mehari.jar"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment().keySet().removeIf(name -> name.startsWith("MEHARI_") || name.endsWith("_URL"));
        command.environment().put("MEHARI_PORT", "0");
        command.environment().put("MEHARI_REDIS_PORT", "0");
        gateway = command.start();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.destroy();
        if (!gateway.waitFor(30, TimeUnit.SECONDS)) {
            gateway.destroyForcibly().waitFor();
        }
        Files.delete(log);
    }

    @Test
    void jar_writesTheShippedFilesSaysSoAndRuns() throws IOException {
        await().atMost(Duration.ofMinutes(2))
                .failFast(
                        "the gateway runs",
                        () -> assertThat(gateway.isAlive())
                                .as(Files.readString(log))
                                .isTrue())
                .untilAsserted(() -> assertThat(get("/health")).isEqualTo(200));

        assertThat(files(folder.resolve("config"))).isEqualTo(files(Path.of("config")));
        assertThat(files(folder.resolve("routes"))).isEqualTo(files(Path.of("routes")));
        assertThat(Files.readAllLines(log))
                .first()
                .asString()
                .startsWith("Wrote the shipped files to ")
                .contains("/config and ")
                .contains("/routes: ");
    }

    private int get(String path) throws Exception {
        Matcher port = PORT.matcher(Files.readString(log));
        assertThat(port.find()).as("the port is told").isTrue();
        URI address = URI.create("http://127.0.0.1:" + port.group(1) + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static Set<String> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .collect(Collectors.toSet());
        }
    }
}
