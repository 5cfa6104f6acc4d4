package dev.mehari;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import javax.management.JMException;
import org.slf4j.LoggerFactory;

/**
 * Tells the JVM which code is busy at a start and idle ever after, so that its second compiler leaves that code to the
 * first, and the processors to the start (decision 0078).
 */
final class StartCode {
    private static final String FILE = "/compiler-directives.json";

    private StartCode() {}

    /** Returns at once; a thread of its own tells the JVM. Where that cannot be done, a start takes longer. */
    static void compileQuickly() {
        Thread.ofPlatform().daemon().name("start-code").start(() -> {
            try {
                addDirectives();
            } catch (IOException | JMException | RuntimeException e) {
                // No folder for temporary files, or a JVM without such a compiler: it starts as any program does.
                LoggerFactory.getLogger(StartCode.class)
                        .debug("The compiler works on what only a start uses: {}", e.toString());
            }
        });
    }

    /** What {@code jcmd PID Compiler.directives_add FILE} does; returns what the JVM says to it. */
    static String addDirectives() throws IOException, JMException {
        Path file = Files.createTempFile("mehari-directives", ".json");
        try (InputStream directives = StartCode.class.getResourceAsStream(FILE)) {
            Files.copy(Objects.requireNonNull(directives, FILE), file, StandardCopyOption.REPLACE_EXISTING);
            return DiagnosticCommand.run("compilerDirectivesAdd", file.toString());
        } finally {
            Files.delete(file);
        }
    }
}
