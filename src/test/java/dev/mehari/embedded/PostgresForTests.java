package dev.mehari.embedded;

import java.nio.file.Path;

/** A real PostgreSQL for tests, which can be stopped under its users and started again at the same address. */
public final class PostgresForTests implements AutoCloseable {
    private static final Path PROGRAMS = Path.of(System.getProperty("mehari.postgres.programs", "target/postgres"));

    private final Path folder;
    private final int port = LoopbackPort.anyFree();
    private EmbeddedPostgres running;

    public PostgresForTests(Path folder) {
        this.folder = folder;
        start();
    }

    public void start() {
        running = EmbeddedPostgres.begin(new PostgresSettings(folder, PROGRAMS, port));
        running.awaitReady();
    }

    public void stop() {
        running.close();
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public String user() {
        return running.user();
    }

    public String password() {
        return running.password();
    }

    @Override
    public void close() {
        stop();
    }
}
