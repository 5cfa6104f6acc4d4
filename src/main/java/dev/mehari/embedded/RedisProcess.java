package dev.mehari.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A Redis that runs, or should run, in a folder and on a port. */
record RedisProcess(Path folder, int port) {
    private static final Duration ONE_WORD = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 5;

    @Nullable Object ask(String... words) throws IOException {
        try (RedisTalk talk = RedisTalk.with(port, ONE_WORD)) {
            return talk.ask(words);
        }
    }

    /** Whether the one who answers on the port works in our folder; a stranger's Redis does not. */
    boolean answersAsOurs() {
        try {
            return ask("CONFIG", "GET", "dir") instanceof List<?> pair
                    && pair.size() == 2
                    && folder.toString().equals(pair.get(1));
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until Redis answers with its data loaded; loading may take as long as it needs. False: it is not there. */
    boolean awaitReady(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            if (answersAsOurs()) {
                return awaitLoaded(patience);
            }
            if (hasDied() || !pause()) {
                return false;
            }
        }
        return false;
    }

    private boolean awaitLoaded(Duration patience) {
        long silentSince = System.nanoTime();
        while (System.nanoTime() - silentSince < patience.toNanos()) {
            try {
                ask("PING");
                return true;
            } catch (RedisTalk.Refused loading) {
                silentSince = System.nanoTime();
            } catch (IOException silent) {
                if (!isAlive()) {
                    return false;
                }
            }
            if (!pause()) {
                return false;
            }
        }
        return false;
    }

    /** Returns when an idle connection to it ends, or when there is none to be had. */
    void awaitEnd() {
        try (RedisTalk talk = RedisTalk.with(port, ONE_WORD)) {
            talk.awaitEnd();
        } catch (IOException e) {
            // that is the end
        }
    }

    /** Stops it with its append-only file on disk. False: it is still there after the time given. */
    boolean shutdown(Duration patience) {
        try {
            ask("SHUTDOWN", "NOSAVE");
        } catch (IOException theConnectionEndsWithIt) {
            // the port tells below
        }
        return await(patience, () -> RedisPort.isFree(port));
    }

    /** Ends a process of ours that no longer answers. */
    void kill(Duration patience) {
        ProcessHandle handle = handle();
        if (handle != null) {
            handle.destroy();
            if (!await(patience, () -> !handle.isAlive())) {
                handle.destroyForcibly();
                await(patience, () -> !handle.isAlive());
            }
        }
    }

    boolean isAlive() {
        return handle() != null;
    }

    /** It has written its pid file and is gone; before that, nobody knows. */
    private boolean hasDied() {
        return pid().isPresent() && !isAlive();
    }

    /** The living process that Redis's pid file names, provided that it works in our folder: numbers are used again. */
    private @Nullable ProcessHandle handle() {
        OptionalLong pid = pid();
        if (pid.isEmpty()) {
            return null;
        }
        return ProcessHandle.of(pid.getAsLong())
                .filter(ProcessHandle::isAlive)
                .filter(this::worksInOurFolder)
                .orElse(null);
    }

    private boolean worksInOurFolder(ProcessHandle handle) {
        Path cwd = Path.of("/proc", Long.toString(handle.pid()), "cwd");
        try {
            if (Files.isSymbolicLink(cwd)) {
                return Files.readSymbolicLink(cwd).equals(folder);
            }
        } catch (IOException e) {
            return false;
        }
        return handle.info().command().filter(command -> command.startsWith(folder.toString())).isPresent();
    }

    private OptionalLong pid() {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(folder.resolve("redis.pid")).trim()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** The last thing Redis wrote into its log. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("redis.log"));
            return lines.isEmpty() ? "it says nothing" : lines.getLast();
        } catch (IOException e) {
            return "it says nothing";
        }
    }

    private static boolean await(Duration patience, BooleanSupplier done) {
        long end = System.nanoTime() + patience.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end || !pause()) {
                return false;
            }
        }
        return true;
    }

    private static boolean pause() {
        try {
            Thread.sleep(POLL_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
