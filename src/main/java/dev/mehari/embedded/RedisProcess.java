package dev.mehari.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Redis that runs, or should run, in a folder and on a port. */
record RedisProcess(Path folder, Path binary, int port) {
    private static final Duration ONE_WORD = Duration.ofSeconds(2);

    @Nullable
    Object ask(String... words) throws IOException {
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
            if (hasDied() || !Patience.pause()) {
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
            if (!Patience.pause()) {
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
        return Patience.until(patience, () -> LoopbackPort.isFree(port));
    }

    /** Ends a process of ours that no longer answers. */
    void kill(Duration patience) {
        left().ours().ifPresent(process -> {
            process.destroy();
            if (!Patience.until(patience, () -> !process.isAlive())) {
                process.destroyForcibly();
                Patience.until(patience, () -> !process.isAlive());
            }
        });
    }

    boolean isAlive() {
        return left().ours().isPresent();
    }

    /** It has written its pid file and is gone; before that, nobody knows. */
    private boolean hasDied() {
        return left().pid().isPresent() && !isAlive();
    }

    private LeftProcess left() {
        return new LeftProcess(folder.resolve("redis.pid"), folder, binary);
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
}
