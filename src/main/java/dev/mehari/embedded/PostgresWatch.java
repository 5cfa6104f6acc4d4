package dev.mehari.embedded;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the embedded PostgreSQL again when it ends under a running gateway (out of memory, a stray kill). */
final class PostgresWatch {
    private static final Logger log = LoggerFactory.getLogger(PostgresWatch.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

    private PostgresWatch() {}

    /** Watches, on a thread of its own, until the PostgreSQL is closed. */
    static void over(EmbeddedPostgres postgres) {
        Thread.ofVirtual().name("postgres-watch").start(() -> watch(postgres));
    }

    private static void watch(EmbeddedPostgres postgres) {
        try {
            postgres.awaitReady();
            postgres.standBack();
            while (!postgres.isClosed()) {
                reviveOrWait(postgres);
            }
        } catch (StartRefused e) {
            log.error("There is no history; deliveries go on. {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reviveOrWait(EmbeddedPostgres postgres) throws InterruptedException {
        try {
            postgres.reviveWhenItEnds();
        } catch (IOException | StartRefused e) {
            log.error(
                    "the embedded PostgreSQL cannot be started again, next try in {}: {}",
                    BETWEEN_TRIES,
                    e.getMessage());
            Thread.sleep(BETWEEN_TRIES);
        }
    }
}
