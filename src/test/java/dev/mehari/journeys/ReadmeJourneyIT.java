package dev.mehari.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mehari.testkit.GatewayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README from top to bottom: every {@code sh} block is run as it stands there, against the jar in an empty folder;
 * only the two ports are those of this start. The two Maven commands are what builds and runs this very test.
 */
class ReadmeJourneyIT {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");

    /** Enough of redis-cli for the README: one command, sent in Redis' protocol by bash. */
    private static final String REDIS_CLI = """
            #!/bin/bash
            exec 3<>/dev/tcp/127.0.0.1/$REDIS_PORT
            printf '*%d\\r\\n' $# >&3
            for word in "$@"; do printf '$%d\\r\\n%s\\r\\n' "$(printf %s "$word" | wc -c)" "$word" >&3; done
            read -r answer <&3
            printf '%s\\n' "$answer"
            """;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void everyCommand_doesWhatTheReadmeSays() throws Exception {
        var blocks = blocks();
        assertThat(blocks).first().asString().startsWith("./mvnw spring-boot:run");
        assertThat(blocks.get(1)).startsWith("./mvnw verify");
        try (var gateway = GatewayProcess.ofJar(folder)
                .with("MEHARI_HISTORY_ENABLED", "true")
                .start()) {
            var shell = new Shell(Integer.toString(gateway.address().getPort()), Integer.toString(gateway.redisPort()));

            assertThat(shell.run(blocks.get(2))).contains("\"channels\":[\"trades\"]", "\"duplicate\":false");
            assertThat(shell.run(blocks.get(3))).startsWith(":").doesNotContain("-ERR");
            assertThat(shell.run(blocks.get(4))).contains("\"accepted\":2", "\"rejected\":0");
            received(shell.port, "trades", "BTC\\\\-USD long|BTC-USD long");
            received(shell.port, "alertes", "Disk at 91 %");
            received(shell.port, "signal", "RSI 71");
            received(shell.port, "admin", "Worker 2 up");
            assertThat(shell.run(blocks.get(5))).contains("\"name\":\"alertes\"", "\"balanced\":true");

            assertThat(shell.run(blocks.get(6))).contains("\"channels\":[\"trades\",\"admin\"]");
            received(shell.port, "admin", "Margin call");
            assertThat(shell.run(blocks.get(7)))
                    .contains("Unknown step 'chioce'", "Did you mean 'choice'?", "routes/routing.yaml");
            assertThat(shell.run(blocks.get(8))).isEmpty();
            assertThat(shell.run(blocks.get(9))).contains("\"id\"");
            received(shell.port, "trades", "This is a test of channel trades");
            assertThat(blocks).hasSize(10);
            assertThat(gateway.stop()).isTrue();
        }
    }

    private static List<String> blocks() throws IOException {
        var blocks = new ArrayList<String>();
        var matcher = BLOCK.matcher(Files.readString(Path.of("README.md")));
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    private void received(String port, String channel, String pattern) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/sandbox/api/messages?channel=" + channel))
                .build();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                http.send(request, BodyHandlers.ofString()).body())
                        .containsPattern(pattern));
    }

    /** Runs blocks in the gateway's folder. */
    private final class Shell {
        private final String port;
        private final String redisPort;

        Shell(String port, String redisPort) throws IOException {
            this.port = port;
            this.redisPort = redisPort;
            var tools = Files.createDirectories(folder.resolve("tools"));
            var cli = Files.writeString(tools.resolve("redis-cli"), REDIS_CLI);
            assertThat(cli.toFile().setExecutable(true)).isTrue();
        }

        String run(String block) throws Exception {
            var builder = new ProcessBuilder("sh", "-ec", block.replace("localhost:8080", "127.0.0.1:" + port))
                    .directory(folder.toFile())
                    .redirectErrorStream(true);
            builder.environment().put("REDIS_PORT", redisPort);
            builder.environment().merge("PATH", folder.resolve("tools").toString(), (old, own) -> own + ":" + old);
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        }
    }
}
