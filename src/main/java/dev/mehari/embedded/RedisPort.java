package dev.mehari.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the embedded Redis listens: on the wished port if nobody else does, else on a free one. */
final class RedisPort {
    private static final Logger log = LoggerFactory.getLogger(RedisPort.class);

    private RedisPort() {}

    /** The wished port, or a free one where it is 0 or taken; the latter is said in the log. */
    static int choose(int wished) {
        if (wished != 0 && isFree(wished)) {
            return wished;
        }
        int port = anyFree();
        if (wished != 0) {
            log.warn(
                    "port {} is taken by another program; the embedded Redis listens on {}. "
                            + "To use the Redis that is there, set REDIS_URL=redis://localhost:{}",
                    wished,
                    port,
                    wished);
        }
        return port;
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int anyFree() {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
