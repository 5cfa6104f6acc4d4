package dev.mehari.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mehari.testkit.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar alone, started in an empty folder: it writes the shipped files, runs, and what its banner says to do works. */
class JarJourneyIT {
    @TempDir
    Path folder;

    @Test
    void jar_writesTheShippedFiles_andItsFirstMessageStandsInTheSandbox() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.ofJar(folder).start()) {
            assertThat(gateway.log()).contains("Starting AOT-processed Mehari");
            assertThat(gateway.caller().withKey("").get("/health").status()).isEqualTo(200);
            assertThat(gateway.caller().get("/docs/openapi.json").at("/openapi"))
                    .isEqualTo("3.1.0");
            assertThat(gateway.caller().get("/docs/assets/swagger-ui-bundle.js").status())
                    .isEqualTo(200);
            assertThat(files(folder.resolve("config"))).isEqualTo(files(Path.of("config")));
            assertThat(files(folder.resolve("routes"))).isEqualTo(files(Path.of("routes")));
            assertThat(gateway.log().lines().findFirst().orElse(""))
                    .startsWith("Wrote the shipped files to ")
                    .contains("/config and ")
                    .contains("/routes: ");

            assertThat(pasted(curlLine(gateway)))
                    .contains("\"channels\":[\"trades\"]")
                    .contains("\"duplicate\":false");

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(gateway.caller()
                                    .withKey("")
                                    .get("/sandbox/api/messages?channel=trades")
                                    .text())
                            .contains("BTC-USD"));
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(folder.resolve("data/start-classes"))
                            .content()
                            .contains("\ndev.mehari.ShippedFiles\n", "\norg.apache.camel."));
        }
    }

    /** The jar holds its beans as they are with the shipped settings (decision 0082). */
    @Test
    void settingThatDecidesOnABean_takesEffect() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.ofJar(folder)
                .with("MANAGEMENT_HEALTH_DISKSPACE_ENABLED", "true")
                .start()) {
            assertThat(gateway.log())
                    .contains("made for other values of [management.health.diskspace.enabled]")
                    .doesNotContain("AOT-processed");
            assertThat(gateway.caller().withKey("").get("/health").text()).contains("diskSpace");
        }
    }

    @Test
    void rehearsal_endsByItselfOnceItIsHealthy() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin/java");
        ProcessBuilder start = new ProcessBuilder(java.toString(), "-jar", System.getProperty("mehari.jar"))
                .directory(folder.toFile())
                .inheritIO();
        Map.of("REHEARSAL", "true", "PORT", "0", "REDIS_PORT", "0", "HISTORY_ENABLED", "false")
                .forEach((name, value) -> start.environment().put("MEHARI_" + name, value));
        Process process = start.start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static String curlLine(GatewayProcess gateway) {
        return gateway.log()
                .lines()
                .filter(line -> line.strip().startsWith("curl"))
                .findFirst()
                .orElseThrow();
    }

    private String pasted(String line) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(shell.getInputStream().readAllBytes());
    }

    private static Set<String> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .collect(Collectors.toSet());
        }
    }
}
