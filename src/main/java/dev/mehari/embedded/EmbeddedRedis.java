package dev.mehari.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Redis on loopback with its append-only file in a folder of ours. It outlives a killed gateway, and the next start
 * in the same folder takes it over; {@link #close()} stops it with its file flushed. The caller holds the data folder's lock.
 */
final class EmbeddedRedis implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int PORT_RACES = 3;

    private final RedisSettings settings;
    private final RedisProcess process;
    private final boolean adopted;
    private volatile boolean closed;

    private EmbeddedRedis(RedisSettings settings, RedisProcess process, boolean adopted) {
        this.settings = settings;
        this.process = process;
        this.adopted = adopted;
    }

    /** Takes over the Redis that runs in the folder, or starts one; returns when it answers and its data is loaded. */
    static EmbeddedRedis start(RedisSettings settings) {
        try {
            Path folder = DataFolder.makePrivate(settings.folder()).toRealPath();
            Path binary = settings.binary() != null ? settings.binary() : RedisBinary.unpackInto(folder);
            @Nullable RedisProcess left = LeftRedis.find(folder, binary, settings.port());
            return left != null ? adopt(settings, left) : launch(settings, folder, binary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedRedis adopt(RedisSettings settings, RedisProcess process) throws IOException {
        process.ask("CONFIG", "SET", "appendfsync", settings.fsync());
        process.ask("CONFIG", "SET", "maxmemory-policy", "noeviction");
        log.info("the embedded Redis of an earlier run still listens on port {}; it is taken over", process.port());
        return new EmbeddedRedis(settings, process, true);
    }

    private static EmbeddedRedis launch(RedisSettings settings, Path folder, Path binary) throws IOException {
        for (int attempt = 1; ; attempt++) {
            RedisProcess process = new RedisProcess(folder, binary, RedisPort.choose(settings.port()));
            if (run(settings, process)) {
                log.info("the embedded Redis listens on port {}, its data lies in {}", process.port(), folder);
                return new EmbeddedRedis(settings, process, false);
            }
            if (attempt == PORT_RACES || LoopbackPort.isFree(process.port())) {
                throw new StartRefused("the embedded Redis does not start: %s (%s); mend that, or %s"
                        .formatted(process.lastWords(), folder.resolve("redis.log"), RedisBinary.INSTEAD));
            }
        }
    }

    private static boolean run(RedisSettings settings, RedisProcess process) throws IOException {
        Path folder = process.folder();
        Files.write(folder.resolve("redis.conf"), settings.configuration(process.port()));
        Files.deleteIfExists(folder.resolve("redis.pid"));
        execute(process.binary(), folder);
        return process.awaitReady(PATIENCE);
    }

    /** Returns when the program has gone into the background or has ended with a complaint. */
    private static void execute(Path binary, Path folder) {
        try {
            Process start = FreshProgram.start(new ProcessBuilder(List.of(binary.toString(), "redis.conf"))
                    .directory(folder.toFile())
                    .redirectErrorStream(true));
            String said = new String(start.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (start.waitFor() != 0) {
                throw RedisBinary.cannotRun(binary, said, null);
            }
        } catch (IOException e) {
            throw RedisBinary.cannotRun(binary, String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefused("the start was interrupted", e);
        }
    }

    int port() {
        return process.port();
    }

    String url() {
        return "redis://127.0.0.1:" + process.port();
    }

    boolean adopted() {
        return adopted;
    }

    /** Waits until Redis has ended, and starts it again on its port unless {@link #close()} ended it. */
    void reviveWhenItEnds() throws IOException {
        process.awaitEnd();
        synchronized (this) {
            if (!closed && !process.answersAsOurs()) {
                revive();
            }
        }
    }

    private void revive() throws IOException {
        if (!LoopbackPort.isFree(process.port())) {
            throw new IOException("port " + process.port() + " is held, but no Redis of ours answers there");
        }
        log.error("the embedded Redis has ended by itself ({}); it is started again", process.lastWords());
        if (!run(settings, process)) {
            throw new IOException(process.lastWords());
        }
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (!process.shutdown(PATIENCE)) {
                log.warn("the embedded Redis on port {} does not stop; the next start takes it over", process.port());
            }
        }
    }
}
