package dev.mehari.embedded;

import java.nio.file.Path;
import org.springframework.core.env.Environment;

/** How the embedded PostgreSQL is to run. {@code programs} is where it is unpacked; {@code port} 0 means any free one. */
record PostgresSettings(Path folder, Path programs, int port) {
    PostgresSettings {
        if (port < 0 || port > 65535) {
            throw new StartRefused("mehari.postgres.port is " + port + "; it must be 0 (any free port) to 65535");
        }
    }

    static PostgresSettings of(Environment environment, Path dataDir) {
        Path folder = dataDir.resolve("postgres");
        String programs = environment.getProperty("mehari.postgres.programs", "");
        return new PostgresSettings(
                folder,
                programs.isBlank()
                        ? folder.resolve("programs")
                        : Path.of(programs).toAbsolutePath(),
                environment.getProperty("mehari.postgres.port", Integer.class, 0));
    }
}
