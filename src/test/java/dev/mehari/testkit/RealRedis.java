package dev.mehari.testkit;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.TimeoutOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.embedded.RedisServer;

/**
 * A real Redis for tests: one server per JVM on a free port, and for each instance of this class a database of its own,
 * which is empty before each test. Only pub/sub is shared by all, as Redis has it.
 *
 * <pre>{@code @RegisterExtension static final RealRedis redis = new RealRedis();}</pre>
 */
public final class RealRedis implements BeforeEachCallback, AfterAllCallback {
    private static final int DATABASES = 1024;
    private static final AtomicInteger USED = new AtomicInteger();

    /** As the gateway's own connection: no command waits for ever. */
    private static final ClientOptions IMPATIENT = ClientOptions.builder()
            .timeoutOptions(TimeoutOptions.enabled(Duration.ofSeconds(5)))
            .build();

    private final int database = USED.getAndIncrement() % DATABASES;
    private LettuceConnectionFactory connections;

    public static String host() {
        return "127.0.0.1";
    }

    public static int port() {
        return Server.PORT;
    }

    /** What {@code REDIS_URL} would say to use this database. */
    public String url() {
        return "redis://" + host() + ":" + port() + "/" + database;
    }

    public int database() {
        return database;
    }

    /** Connections to this database; closed after the class. */
    public synchronized LettuceConnectionFactory connections() {
        if (connections == null) {
            RedisStandaloneConfiguration where = new RedisStandaloneConfiguration(host(), port());
            where.setDatabase(database);
            connections = new LettuceConnectionFactory(
                    where,
                    LettuceClientConfiguration.builder()
                            .clientOptions(IMPATIENT)
                            .build());
            connections.afterPropertiesSet();
            connections.start();
        }
        return connections;
    }

    public StringRedisTemplate template() {
        return new StringRedisTemplate(connections());
    }

    /** Empties this database. */
    public void flush() {
        try (RedisConnection connection = connections().getConnection()) {
            connection.serverCommands().flushDb();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        flush();
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) {
        if (connections != null) {
            connections.destroy();
            connections = null;
        }
    }

    /** A port nobody listens on at this moment. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Started when first asked for; stopped with the JVM. */
    private static final class Server {
        private static final int TRIES = 5;
        private static final int PORT = start(TRIES);

        private static int start(int tries) {
            try {
                int port = freePort();
                RedisServer server = RedisServer.newRedisServer()
                        .port(port)
                        .bind(host())
                        .setting("databases " + DATABASES)
                        .setting("save \"\"")
                        .setting("appendonly no")
                        .onShutdownForceStop(true)
                        .build();
                server.start();
                return port;
            } catch (IOException lostTheRaceForThePort) {
                if (tries > 1) {
                    return start(tries - 1);
                }
                throw new IllegalStateException("no Redis for the tests", lostTheRaceForThePort);
            }
        }
    }
}
