package dev.mehari.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code redis-server} program: the one inside the jar that suits this machine, unpacked into a folder. */
final class RedisBinary {
    /** Says what to do in every sentence about a Redis that cannot run here. */
    static final String INSTEAD =
            "set REDIS_URL to a Redis 6.2 or newer, or mehari.redis.binary to a redis-server that runs here";

    private static final Map<String, String> IN_THE_JAR = Map.of(
            "linux-amd64", "redis-server-6.2.6-v5-linux-amd64",
            "linux-arm64", "redis-server-6.2.7-linux-arm64",
            "darwin-amd64", "redis-server-6.2.6-v5-darwin-amd64",
            "darwin-arm64", "redis-server-6.2.6-v5-darwin-arm64");

    private RedisBinary() {}

    /** The path of a program for this machine, unpacked unless it is there. */
    static Path unpackInto(Path folder) {
        String resource = resourceFor(System.getProperty("os.name"), System.getProperty("os.arch"));
        try {
            return unpack(resource, folder);
        } catch (IOException e) {
            throw new StartRefused(
                    "the embedded Redis cannot be unpacked into %s (%s); make room there, or %s"
                            .formatted(folder, e, INSTEAD),
                    e);
        }
    }

    static String resourceFor(String osName, String osArch) {
        @Nullable String resource = IN_THE_JAR.get(Machine.of(osName, osArch));
        if (resource == null) {
            throw new StartRefused("there is no embedded Redis for %s on %s; %s".formatted(osName, osArch, INSTEAD));
        }
        return resource;
    }

    private static Path unpack(String resource, Path folder) throws IOException {
        Path program = folder.resolve(resource);
        if (Files.isExecutable(program)) {
            return program;
        }
        Path draft = folder.resolve(resource + ".new");
        try (InputStream bytes = RedisBinary.class.getResourceAsStream("/" + resource)) {
            if (bytes == null) {
                throw new IOException("the jar does not contain " + resource);
            }
            Files.copy(bytes, draft, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!draft.toFile().setExecutable(true)) {
            throw new IOException("it cannot be made executable");
        }
        return Files.move(draft, program, StandardCopyOption.ATOMIC_MOVE);
    }

    /** One sentence about a program that the system would not run, or that ended at once with this output. */
    static StartRefused cannotRun(Path program, String said, @Nullable Throwable cause) {
        String why;
        if (said.contains("libssl") || said.contains("libcrypto")) {
            why = "needs OpenSSL 3 (libssl.so.3; Debian and Ubuntu: package libssl3), which is not installed here";
        } else if (said.contains("GLIBC_")) {
            why = "needs a newer C library than this system's";
        } else if (said.contains("error=2,")) {
            why = "needs the GNU C library, which this system (Alpine?) does not have";
        } else if (said.contains("error=8,") || said.contains("ELF") || said.contains("yntax error")) {
            why = "is not made for this processor";
        } else if (said.contains("error=13,")) {
            why = "may not be run from " + program.getParent() + " (is it mounted noexec?)";
        } else {
            why = "does not start: " + said.strip();
        }
        return new StartRefused("the embedded Redis " + why + "; " + INSTEAD, cause);
    }
}
