package dev.mehari.delivery;

import java.io.IOException;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.springframework.util.function.SingletonSupplier;

/**
 * The HTTP client's own way of TLS, made when the first channel is called by it: authorities and public suffixes are read
 * then, two megabytes that no start needs. Thread-safe.
 */
final class LateTls implements TlsSocketStrategy {
    private final Supplier<TlsSocketStrategy> strategy = SingletonSupplier.of(DefaultClientTlsStrategy::createDefault);

    @Override
    public SSLSocket upgrade(Socket socket, String target, int port, Object attachment, HttpContext context)
            throws IOException {
        return strategy.get().upgrade(socket, target, port, attachment, context);
    }
}
