package dev.mehari.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README from top to bottom: every {@code sh} block is run as it stands there, against the jar in an empty folder;
 * only the two ports are those of this start. The two Maven commands are what builds and runs this very test.
 */
class ReadmeJourneyIT {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
    private static final Pattern PORT = Pattern.compile("Address +http://[^:]+:(\\d+)");
    private static final Pattern REDIS = Pattern.compile("(?m)^ +Redis +[\\d.]+:(\\d+)");

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
        var gateway = start();
        try {
            var banner = banner(gateway);
            var shell = new Shell(group(PORT, banner), group(REDIS, banner));

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
        } finally {
            gateway.destroy();
            assertThat(gateway.waitFor(30, TimeUnit.SECONDS)).isTrue();
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

    private Process start() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(java, "-jar", System.getProperty("mehari.jar"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.log").toFile());
        builder.environment().putAll(Map.of("MEHARI_PORT", "0", "MEHARI_REDIS_PORT", "0"));
        return builder.start();
    }

    private String banner(Process gateway) {
        await().atMost(Duration.ofSeconds(90)).until(() -> {
            assertThat(gateway.isAlive()).isTrue();
            return Files.readString(folder.resolve("out.log")).contains("curl -s");
        });
        try {
            return Files.readString(folder.resolve("out.log"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
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

    private static String group(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
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
