package dev.mehari.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Redis that a killed gateway left behind in a folder. */
final class LeftRedis {
    private static final Logger log = LoggerFactory.getLogger(LeftRedis.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration MERCY = Duration.ofSeconds(2);
    private static final Pattern PORT = Pattern.compile("(?m)^port (\\d+)$");

    private LeftRedis() {}

    /**
     * One that can be taken over, its data loaded. One that does not answer is ended, and one on another port than the
     * wished is stopped where the wished port is free by now; then there is none.
     */
    static @Nullable RedisProcess find(Path folder, Path binary, int wishedPort) throws IOException {
        OptionalInt port = lastPort(folder);
        if (port.isEmpty()) {
            return null;
        }
        RedisProcess process = new RedisProcess(folder, binary, port.getAsInt());
        if (!process.answersAsOurs() || !process.awaitReady(PATIENCE)) {
            endSilent(process);
            return null;
        }
        boolean moves = wishedPort != 0 && wishedPort != process.port() && LoopbackPort.isFree(wishedPort);
        return moves && process.shutdown(PATIENCE) ? null : process;
    }

    private static void endSilent(RedisProcess process) {
        if (process.isAlive()) {
            log.warn("the embedded Redis of an earlier run no longer answers; it is ended and started anew");
            process.kill(MERCY);
        }
    }

    static OptionalInt lastPort(Path folder) throws IOException {
        Path configuration = folder.resolve("redis.conf");
        if (!Files.exists(configuration)) {
            return OptionalInt.empty();
        }
        Matcher matcher = PORT.matcher(Files.readString(configuration));
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
