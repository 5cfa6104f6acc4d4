package dev.mehari.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real Chromium without a window, asked through its DevTools what a page shows. */
public final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket page;
    private final Answers answers = new Answers();

    /** Where Debian puts it, if it is there. */
    public static Optional<Path> installed() {
        return Optional.of(Path.of("/usr/bin/chromium")).filter(Files::isExecutable);
    }

    /** @param profile an empty folder */
    public Browser(Path binary, Path profile, String address) throws Exception {
        process = new ProcessBuilder(List.of(
                        binary.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        address))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(port) && !Files.readAllLines(port).isEmpty());
        String pages = "http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list";
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> socket(pages).isPresent());
        page = http.newWebSocketBuilder()
                .buildAsync(URI.create(socket(pages).orElseThrow()), answers)
                .join();
    }

    private Optional<String> socket(String pages) throws IOException, InterruptedException {
        String list = http.send(HttpRequest.newBuilder(URI.create(pages)).build(), BodyHandlers.ofString())
                .body();
        for (JsonNode one : JSON.readTree(list)) {
            if (one.path("type").asText().equals("page")) {
                return Optional.of(one.path("webSocketDebuggerUrl").asText());
            }
        }
        return Optional.empty();
    }

    /** The text that a person would see. */
    public String text() throws Exception {
        CompletableFuture<String> answer = answers.next();
        page.sendText("""
                {"id":1,"method":"Runtime.evaluate","params":{"expression":"document.body.innerText"}}""", true).join();
        return JSON.readTree(answer.get(30, TimeUnit.SECONDS))
                .at("/result/result/value")
                .asText();
    }

    @Override
    public void close() throws InterruptedException {
        page.abort();
        http.close();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static final class Answers implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();
        private volatile CompletableFuture<String> next = new CompletableFuture<>();

        CompletableFuture<String> next() {
            next = new CompletableFuture<>();
            return next;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                next.complete(parts.toString());
                parts.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
