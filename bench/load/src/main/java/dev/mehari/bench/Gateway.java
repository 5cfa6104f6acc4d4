package dev.mehari.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Mehari from its jar, with a folder of files written for the measurement. */
final class Gateway extends Running {
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final double startSeconds;

    private Gateway(Path folder, int port, Map<String, String> environment, List<String> command) {
        super(folder, folder.resolveSibling(folder.getFileName() + ".log"), environment, command);
        this.port = port;
        long start = System.nanoTime();
        await("The start of Mehari", Duration.ofSeconds(90), () -> status("/health") == 200);
        startSeconds = (System.nanoTime() - start) / 1e9;
    }

    /**
     * Starts it and waits until it is healthy.
     *
     * @param redisUrl of a Redis to use; empty for its own, as at a first start
     * @param jvm further arguments for the JVM
     */
    static Gateway start(Setup setup, Path folder, String redisUrl, String... jvm) {
        int port = RedisServer.freePort();
        var environment = new HashMap<String, String>();
        environment.put("MEHARI_PORT", Integer.toString(port));
        environment.put("MEHARI_API_KEYS", "bench:" + Requests.KEY);
        environment.put("MEHARI_LOG_LEVEL", "warn");
        environment.put("MEHARI_DATA_DIR", folder.resolve("data").toString());
        environment.put("MEHARI_REDIS_PORT", "0");
        environment.put("REDIS_URL", redisUrl);
        var command = new ArrayList<>(List.of(setup.java()));
        command.addAll(Setup.JVM);
        command.addAll(List.of(jvm));
        command.addAll(List.of("-jar", setup.jar().toString()));
        return new Gateway(folder, port, environment, command);
    }

    int port() {
        return port;
    }

    /** From the start of the process to the first 200 at {@code /health}. */
    double startSeconds() {
        return startSeconds;
    }

    int status(String path) {
        try {
            var request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(5)).build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String get(String path) {
        return call(HttpRequest.newBuilder(uri(path)));
    }

    void post(String path, String body) {
        call(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    void pause(int channels) {
        for (int i = 0; i < channels; i++) {
            post("/api/v1/channels/c" + i + "/pause", "");
        }
    }

    void resume(int channels) {
        for (int i = 0; i < channels; i++) {
            post("/api/v1/channels/c" + i + "/resume", "");
        }
    }

    /** A number of {@code /api/v1/stats}' totals, 0 when it is not there. */
    long total(String name) {
        var totals = get("/api/v1/stats").replaceFirst("(?s).*\"total\":\\{([^}]*)}.*", "$1");
        var found = Pattern.compile("\"" + name + "\":(\\d+)").matcher(totals);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    /** The sum of a metric's lines that hold this text. */
    double metric(String name, String holding) {
        return get("/metrics").lines()
                .filter(line -> line.startsWith(name) && line.contains(holding))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** What its heap holds after a collection, which is had for the asking. */
    double heldMegabytes() {
        try {
            var jcmd = Path.of(ProcessHandle.current().info().command().orElseThrow()).resolveSibling("jcmd").toString();
            var asking = new ProcessBuilder(jcmd, Long.toString(pid()), "GC.class_histogram").start();
            var total = asking.inputReader().lines().filter(line -> line.startsWith("Total")).findFirst();
            return Long.parseLong(total.orElseThrow().trim().split("\\s+")[2]) / 1024.0 / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String call(HttpRequest.Builder request) {
        try {
            var built = request.header("Authorization", "Bearer " + Requests.KEY)
                    .timeout(Duration.ofSeconds(60))
                    .build();
            var answer = http.send(built, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(built.uri() + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
