package dev.mehari.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL on loopback with its data in a folder of ours. Its address is known at once and it gets ready in the
 * background; it outlives a killed gateway, and the next start takes it over. The caller holds the data folder's lock.
 */
final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final Path data;
    private final int port;
    private final boolean adopted;
    private final String password;
    private final CompletableFuture<PostgresPrograms> ready;
    private boolean closed;

    private EmbeddedPostgres(PostgresSettings settings, Path folder) throws IOException {
        this.data = folder.resolve("data");
        this.password = password(folder.resolve("password"));
        OptionalInt left = new LeftPostgres(data).port();
        this.adopted = left.isPresent();
        this.port = left.orElseGet(() -> choosePort(settings.port()));
        this.ready = CompletableFuture.supplyAsync(
                () -> start(settings),
                task -> Thread.ofVirtual().name("postgres-start").start(task));
    }

    /** Sees to it that messages go first where processor time is short. The caller has waited until it was ready. */
    void standBack() {
        PostgresPriority.over(this, data);
    }

    /** Begins to start it, or takes over the one that runs in the folder. */
    static EmbeddedPostgres begin(PostgresSettings settings) {
        try {
            return new EmbeddedPostgres(
                    settings, DataFolder.makePrivate(settings.folder()).toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PostgresPrograms start(PostgresSettings settings) {
        PostgresPrograms programs = new PostgresPrograms(PostgresBinary.unpackInto(settings.programs()));
        if (adopted) {
            log.info("the embedded PostgreSQL of an earlier run still listens on port {}; it is taken over", port);
            return programs;
        }
        try {
            if (!Files.isDirectory(data)) {
                programs.initialise(data, data.resolveSibling("password"));
            }
            new LeftPostgres(data).clear(programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        programs.start(data, data.resolveSibling("postgres.log"), port);
        log.info("the embedded PostgreSQL listens on port {}, its data lies in {}", port, data);
        return programs;
    }

    private static int choosePort(int wished) {
        if (wished != 0 && LoopbackPort.isFree(wished)) {
            return wished;
        }
        int port = LoopbackPort.anyFree();
        if (wished != 0) {
            log.warn("port {} is taken by another program; the embedded PostgreSQL listens on {}", wished, port);
        }
        return port;
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, UUID.randomUUID().toString());
        }
        return Files.readString(file).trim();
    }

    /** Returns when it accepts connections, or refuses the start with the reason why it will not. */
    void awaitReady() {
        try {
            ready.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StartRefused refused ? refused : e;
        }
    }

    /**
     * Waits until it ends, and starts it again unless that was wished. The caller has waited until it was ready.
     *
     * @throws StartRefused it does not start
     */
    void reviveWhenItEnds() throws IOException {
        LeftPostgres left = new LeftPostgres(data);
        left.awaitEnd();
        synchronized (this) {
            if (!closed && !left.isAlive()) {
                log.error("the embedded PostgreSQL on port {} has ended; it is started again", port);
                left.clear(ready.join());
                ready.join().start(data, data.resolveSibling("postgres.log"), port);
            }
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    String user() {
        return PostgresPrograms.USER;
    }

    String password() {
        return password;
    }

    boolean adopted() {
        return adopted;
    }

    @Override
    public synchronized void close() {
        if (!closed
                && !ready.handle((programs, failure) -> failure != null || programs.stop(data, "fast"))
                        .join()) {
            log.warn("the embedded PostgreSQL on port {} does not stop; the next start takes it over", port);
        }
        closed = true;
    }
}
