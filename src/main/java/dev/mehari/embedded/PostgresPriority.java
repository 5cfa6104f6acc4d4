package dev.mehari.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has PostgreSQL stand back where processor time is short: the history may be late, messages may not. A niceness is for
 * all systems; Linux with autogroups (sched(7)) shares by session first, and each of PostgreSQL's processes is a session of
 * its own, so that each has to be told.
 */
final class PostgresPriority {
    private static final Logger log = LoggerFactory.getLogger(PostgresPriority.class);
    /** A thirtieth of an ordinary process' share, by Linux' weights; all of it while nobody else asks. */
    static final String NICENESS = "15";

    private static final Path AUTOGROUPS = Path.of("/proc/sys/kernel/sched_autogroup_enabled");
    private static final Duration NEW_CONNECTIONS = Duration.ofSeconds(5);

    private PostgresPriority() {}

    /** Lowers it once for all processes to come, and returns. */
    static void lower(Path data) {
        try {
            new ProcessBuilder("renice", "-n", NICENESS, "-p", process(data))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException notHere) {
            log.debug("the embedded PostgreSQL keeps its ordinary priority", notHere);
        }
    }

    /** Lowers its sessions, those of later connections soon after they were made, on a thread of its own until it is closed. */
    static void over(EmbeddedPostgres postgres, Path data) {
        if (sharesBySession()) {
            Thread.ofVirtual().name("postgres-priority").start(() -> watch(postgres, data));
        }
    }

    private static boolean sharesBySession() {
        try {
            return Files.readString(AUTOGROUPS).strip().equals("1");
        } catch (IOException notLinux) {
            return false;
        }
    }

    private static void watch(EmbeddedPostgres postgres, Path data) {
        Set<String> told = new HashSet<>();
        try {
            while (!postgres.isClosed()) {
                told = tell(data, told);
                Thread.sleep(NEW_CONNECTIONS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers those that are there now: a number may be another process' later. */
    private static Set<String> tell(Path data, Set<String> told) {
        Set<String> there = new HashSet<>();
        try {
            String process = process(data);
            there.add(process);
            String children = Files.readString(Path.of("/proc", process, "task", process, "children"));
            there.addAll(Set.of(children.strip().split(" ")));
            for (String one : there) {
                if (!told.contains(one)) {
                    Files.writeString(Path.of("/proc", one, "autogroup"), NICENESS, StandardOpenOption.WRITE);
                }
            }
        } catch (IOException endedMeanwhile) {
            log.debug("not all of PostgreSQL's sessions could be lowered", endedMeanwhile);
            return told;
        }
        return there;
    }

    private static String process(Path data) throws IOException {
        return Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
    }
}
