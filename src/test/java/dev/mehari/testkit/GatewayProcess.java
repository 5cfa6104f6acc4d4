package dev.mehari.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The gateway as a process of its own in a folder: started, killed and started again. It keeps no history unless told to.
 * Its log lies beside the folder.
 */
public final class GatewayProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Address +(http://127\\.0\\.0\\.1:\\d+)");
    private static final Pattern REDIS = Pattern.compile("Redis +127\\.0\\.0\\.1:(\\d+)");

    private final Path folder;
    private final Path log;
    private final List<String> program;
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "MEHARI_PORT", "0",
            "MEHARI_REDIS_PORT", "0",
            "MEHARI_HISTORY_ENABLED", "false",
            "MEHARI_POSTGRES_PROGRAMS",
                    Path.of(System.getProperty("mehari.postgres.programs"))
                            .toAbsolutePath()
                            .toString()));
    private Process process;

    private GatewayProcess(Path folder, List<String> program) {
        this.folder = folder;
        this.log = folder.resolveSibling(folder.getFileName() + ".log");
        this.program = program;
    }

    /** The jar, as its users start it. */
    public static GatewayProcess ofJar(Path folder) {
        return new GatewayProcess(folder, List.of("-jar", System.getProperty("mehari.jar")));
    }

    /** The same classes from their folders and jars, which start in half the time. */
    public static GatewayProcess ofClasses(Path folder) {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(place -> !place.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        return new GatewayProcess(folder, List.of("-cp", classPath, "dev.mehari.Mehari"));
    }

    /** Sets an environment variable. */
    public GatewayProcess with(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /** Starts it and waits until it is ready. */
    public GatewayProcess start() {
        try {
            Files.deleteIfExists(log);
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            List<String> words = new ArrayList<>(
                    List.of(java.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
            words.addAll(program);
            ProcessBuilder command = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            command.environment().keySet().removeIf(name -> name.startsWith("MEHARI_") || name.endsWith("_URL"));
            command.environment().putAll(settings);
            process = command.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofMinutes(2))
                .failFast(
                        "the gateway runs",
                        () -> assertThat(process.isAlive()).as(log()).isTrue())
                .until(() -> ADDRESS.matcher(log()).find() && log().contains("curl"));
        return this;
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        waitForEnd();
    }

    public URI address() {
        return URI.create(found(ADDRESS));
    }

    public int redisPort() {
        return Integer.parseInt(found(REDIS));
    }

    public Caller caller() {
        try {
            return new Caller(
                    address(), Files.readString(folder.resolve("data/api-key")).trim());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Process process() {
        return process;
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String found(Pattern pattern) {
        Matcher matcher = pattern.matcher(log());
        assertThat(matcher.find()).as(log()).isTrue();
        return matcher.group(1);
    }

    /** Asks it to end; false: it had to be killed after 30 s. */
    public boolean stop() {
        process.destroy();
        return waitForEnd();
    }

    private boolean waitForEnd() {
        try {
            boolean ended = process.waitFor(30, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        if (process != null) {
            stop();
        }
    }
}
