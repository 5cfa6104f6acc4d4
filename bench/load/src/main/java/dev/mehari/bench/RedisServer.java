package dev.mehari.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Redis of the measurement's own: append-only file, flushed every second, as the gateway runs its own. */
final class RedisServer extends Running {
    private final int port;

    RedisServer(Path folder, String program, int port) {
        super(folder, folder.resolveSibling("redis.log"), Map.of(), List.of(
                program, "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes",
                "--appendfsync", "everysec", "--auto-aof-rewrite-percentage", "0", "--maxmemory-policy", "noeviction"));
        this.port = port;
        await("The start of Redis", Duration.ofSeconds(10), this::answers);
    }

    int port() {
        return port;
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    RedisClient connect() {
        return new RedisClient(port);
    }

    private boolean answers() {
        try (var client = connect()) {
            return "PONG".equals(client.call("PING"));
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    String version() {
        try (var client = connect()) {
            return client.call("INFO", "server").toString().replaceFirst("(?s).*redis_version:(\\S+).*", "$1");
        }
    }

    /** Forgets everything, and begins its file anew, so that no measurement pays for the one before. */
    void empty() {
        try (var client = connect()) {
            client.call("FLUSHALL");
            client.call("BGREWRITEAOF");
            await("The new append-only file", Duration.ofMinutes(1), () -> client.call("INFO", "persistence")
                    .toString()
                    .contains("aof_rewrite_in_progress:0"));
        }
    }

    static int freePort() {
        try (var socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
