package dev.mehari.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jar as a process of its own, in a folder: started, killed and started again. Its log lies beside the folder. */
public final class JarProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Address +(http://127\\.0\\.0\\.1:\\d+)");
    private static final Pattern REDIS = Pattern.compile("Redis +127\\.0\\.0\\.1:(\\d+)");

    private final Path folder;
    private final Path log;
    private Process process;

    public JarProcess(Path folder) {
        this.folder = folder;
        this.log = folder.resolveSibling(folder.getFileName() + ".log");
    }

    /** Starts it and waits until it is ready. */
    public JarProcess start() {
        try {
            Files.deleteIfExists(log);
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            ProcessBuilder command = new ProcessBuilder(
                            java.toString(), "-XX:TieredStopAtLevel=1", "-jar", System.getProperty("mehari.jar"))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            command.environment().keySet().removeIf(name -> name.startsWith("MEHARI_") || name.endsWith("_URL"));
            command.environment().put("MEHARI_PORT", "0");
            command.environment().put("MEHARI_REDIS_PORT", "0");
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

    private void waitForEnd() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            waitForEnd();
        }
    }
}
