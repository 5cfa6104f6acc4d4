package dev.mehari.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** What we have PostgreSQL's own programs do; {@code home} is the folder above {@code bin}. */
record PostgresPrograms(Path home) {
    static final String USER = "mehari";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresPrograms.class);
    /** A name of its own for each: an initdb whose gateway was killed goes on for a while. */
    private static final String DRAFT = "data.new";

    private static final Duration CRASH_RECOVERY = Duration.ofMinutes(10);
    private static final Duration STOP = Duration.ofSeconds(30);

    /** Makes an empty database in a folder that is not there yet; a broken attempt leaves none. */
    void initialise(Path data, Path passwordFile) throws IOException {
        Path folder = data.resolveSibling("");
        clearDrafts(folder);
        Path draft = Files.createTempDirectory(folder, DRAFT);
        List<String> options = List.of(
                "--pgdata=" + draft,
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
        String said = run("initdb", options);
        if (!Files.exists(draft.resolve("PG_VERSION"))) {
            throw cannotRun(said);
        }
        Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Of a start that was killed, whose initdb may still be at work: then the next start finds them. */
    private static void clearDrafts(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, DRAFT + "*")) {
            for (Path draft : left) {
                FileSystemUtils.deleteRecursively(draft);
            }
        } catch (DirectoryNotEmptyException grows) {
            LOG.debug("A draft is still being written: {}", grows.getMessage());
        }
    }

    /** Returns when it accepts connections; it runs in a session of its own, as Ctrl-C must not reach it. */
    void start(Path data, Path log, int port) {
        String settings = "-c listen_addresses=127.0.0.1 -c port=" + port
                + " -c unix_socket_directories= -c shared_buffers=64MB -c max_connections=40 -c jit=off -c timezone=UTC";
        String said = run(
                "pg_ctl",
                List.of(
                        "start",
                        "-w",
                        "-t",
                        seconds(CRASH_RECOVERY),
                        "-D",
                        data.toString(),
                        "-l",
                        log.toString(),
                        "-o",
                        settings));
        if (!said.contains("server started")) {
            throw cannotRun(said + lastLine(log));
        }
        PostgresPriority.lower(data);
    }

    /** Ends the sessions and stops it; {@code mode} is {@code fast} or {@code immediate}. False: it is still there. */
    boolean stop(Path data, String mode) {
        String said = run("pg_ctl", List.of("stop", "-w", "-t", seconds(STOP), "-m", mode, "-D", data.toString()));
        return said.contains("server stopped") || said.contains("no server running") || said.contains("does not exist");
    }

    private String run(String program, List<String> options) {
        List<String> command = new ArrayList<>();
        if (Machine.isLinuxRoot()) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, with our files
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(options);
        try {
            Process process = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        } catch (IOException e) {
            throw cannotRun(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefused("the embedded PostgreSQL was interrupted", e);
        }
    }

    static StartRefused cannotRun(String said) {
        String why;
        if (said.contains("unshare")) {
            why = "does not run as root, and no user namespace may be made here; start Mehari as another user";
        } else if (said.contains("error=2,")) {
            why = "needs the GNU C library, which this system (Alpine?) does not have";
        } else if (said.contains("error=13,")) {
            why = "may not be run from where it is unpacked (mehari.postgres.programs; is it mounted noexec?)";
        } else {
            why = "does not start: " + said.strip().replaceAll("\\s+", " ");
        }
        return new StartRefused("the embedded PostgreSQL " + why + "; mend that, or " + PostgresBinary.INSTEAD);
    }

    private static String lastLine(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty() ? "" : " " + lines.getLast();
        } catch (IOException e) {
            return "";
        }
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }
}
