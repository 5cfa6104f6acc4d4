package dev.mehari.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process under measurement. Its output goes to a file beside its folder. */
class Running implements AutoCloseable {
    private static final double TICKS_PER_SECOND = 100;
    private final Process process;
    private final Path output;

    Running(Path folder, Path output, Map<String, String> environment, List<String> command) {
        this.output = output;
        try {
            Files.createDirectories(folder);
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    long pid() {
        return process.pid();
    }

    void mustRun() {
        if (!process.isAlive()) {
            throw new IllegalStateException("It ended early; see " + output);
        }
    }

    String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Megabytes of memory in use, as the system counts them. */
    double residentMegabytes() {
        return statusKilobytes("VmRSS:") / 1024.0;
    }

    /** The most it ever was. */
    double peakMegabytes() {
        return statusKilobytes("VmHWM:") / 1024.0;
    }

    private long statusKilobytes(String name) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid()), "status"))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seconds of processor time used so far. */
    double cpuSeconds() {
        try {
            var fields = Files.readString(Path.of("/proc", Long.toString(pid()), "stat")).replaceFirst(".*\\) ", "").split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until something is so, looking every few milliseconds. */
    void await(String what, Duration atMost, java.util.function.BooleanSupplier done) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!done.getAsBoolean()) {
            mustRun();
            if (System.nanoTime() > end) {
                throw new IllegalStateException(what + " did not happen within " + atMost.toSeconds() + " s; see " + output);
            }
            Bench.pause(Duration.ofMillis(10));
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
