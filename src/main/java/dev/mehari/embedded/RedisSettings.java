package dev.mehari.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * How the embedded Redis is to run. {@code port} 0 means any free one; {@code fsync} is Redis's {@code appendfsync};
 * {@code binary} is a redis-server to use instead of the one in the jar.
 */
record RedisSettings(
        Path folder, int port, String fsync, @Nullable Path binary) {
    private static final Set<String> FSYNC = Set.of("always", "everysec", "no");

    RedisSettings {
        if (!FSYNC.contains(fsync)) {
            throw new StartRefused("mehari.redis.fsync is '" + fsync + "'; it must be always, everysec or no");
        }
        if (port < 0 || port > 65535) {
            throw new StartRefused("mehari.redis.port is " + port + "; it must be 0 (any free port) to 65535");
        }
    }

    static RedisSettings of(Environment environment, Path dataDir) {
        String binary = environment.getProperty("mehari.redis.binary", "");
        return new RedisSettings(
                dataDir.resolve("redis"),
                environment.getProperty("mehari.redis.port", Integer.class, 6379),
                environment.getProperty("mehari.redis.fsync", "everysec"),
                binary.isBlank() ? null : Path.of(binary).toAbsolutePath());
    }

    /** The configuration file: paths are relative to the folder, in which Redis is started. */
    List<String> configuration(int chosenPort) {
        return List.of(
                "# Written by Mehari at every start of its embedded Redis; changes made here are lost.",
                "bind 127.0.0.1",
                "port " + chosenPort,
                "# A session of its own: Ctrl-C in the gateway's terminal must not stop Redis before the gateway.",
                "daemonize yes",
                "pidfile redis.pid",
                "logfile redis.log",
                "dir ./",
                "appendonly yes",
                "appendfsync " + fsync,
                "aof-load-truncated yes",
                "save \"\"",
                "maxmemory-policy noeviction");
    }
}
