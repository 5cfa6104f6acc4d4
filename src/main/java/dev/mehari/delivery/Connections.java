package dev.mehari.delivery;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.ConnectionShutdownException;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.IdleConnectionEvictor;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.protocol.DefaultHttpProcessor;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.RequestConnControl;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Asks over connections that are kept open. The library's pool, its TLS and its way to speak HTTP are used as they are; what
 * its client does around each request (redirects, cookies, passwords, retries, proxies) no channel has. Thread-safe.
 */
final class Connections implements AutoCloseable {
    private static final TimeValue IDLE = TimeValue.ofSeconds(30);
    private static final TimeValue CHECKED_AFTER = TimeValue.ofSeconds(2);
    private static final TimeValue OLDEST = TimeValue.ofMinutes(5);
    private static final int MOST_TO_ONE_HOST = 1_000;

    private final PoolingHttpClientConnectionManager pool;
    private final IdleConnectionEvictor evictor;
    private final Timeout connectTimeout;
    private final HttpRequestExecutor http = new HttpRequestExecutor();
    private final HttpProcessor ownHeaders =
            new DefaultHttpProcessor(new RequestTargetHost(), new RequestContent(), new RequestConnControl());

    /** @param connectTimeout of a new connection, and of the wait for one when too many are in use */
    Connections(Duration connectTimeout) {
        this.connectTimeout = Timeout.of(connectTimeout);
        this.pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(MOST_TO_ONE_HOST)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(this.connectTimeout)
                        // Deadlines end what takes too long.
                        .setSocketTimeout(Timeout.DISABLED)
                        .setValidateAfterInactivity(CHECKED_AFTER)
                        .setTimeToLive(OLDEST)
                        .build())
                .setTlsSocketStrategy(new LateTls())
                .build();
        this.evictor = new IdleConnectionEvictor(pool, IDLE, IDLE);
        evictor.start();
    }

    /** What becomes of an answer. */
    interface Reader<T> {
        /** Reads the body to its end, or cancels the call. */
        T read(ClassicHttpResponse answer, Call call) throws IOException;
    }

    /** The host of an address, as connections are kept by; null where it is not reached by HTTP. */
    static @Nullable HttpRoute route(URI address) {
        var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        if (address.getHost() == null || !secure && !scheme.equals("http")) {
            return null;
        }
        int port = address.getPort() > 0 ? address.getPort() : secure ? 443 : 80;
        return new HttpRoute(new HttpHost(scheme, address.getHost(), port), null, secure);
    }

    Call call(HttpRoute route, ClassicHttpRequest request) {
        return new Call(route, request);
    }

    /** One request and its answer; run once, by one thread. Any thread may cancel it. */
    final class Call implements Cancellable {
        private final HttpRoute route;
        private final ClassicHttpRequest request;
        private volatile @Nullable ConnectionEndpoint connection;
        private volatile boolean cancelled;

        private Call(HttpRoute route, ClassicHttpRequest request) {
            this.route = route;
            this.request = request;
        }

        <T> T run(Reader<T> reader) throws IOException {
            var leased = leased();
            connection = leased;
            TimeValue keep = null;
            try {
                var context = HttpClientContext.create();
                var answer = ask(leased, context);
                var read = reader.read(answer, this);
                if (!cancelled && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, answer, context)) {
                    keep = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(answer, context);
                }
                return read;
            } catch (HttpException unreadable) {
                throw new ClientProtocolException(unreadable.getMessage(), unreadable);
            } catch (ConnectionShutdownException closed) {
                var ended = new InterruptedIOException("the connection was closed");
                ended.initCause(closed);
                throw ended;
            } finally {
                if (keep == null) {
                    leased.close(CloseMode.IMMEDIATE);
                }
                pool.release(leased, null, keep);
            }
        }

        private ClassicHttpResponse ask(ConnectionEndpoint leased, HttpClientContext context)
                throws IOException, HttpException {
            if (request.getAuthority() == null || request.getAuthority().getUserInfo() != null) {
                throw new ClientProtocolException("The address names a user");
            }
            if (!leased.isConnected() && !cancelled) {
                pool.connect(leased, connectTimeout, context);
            }
            if (cancelled) {
                throw new InterruptedIOException("cancelled");
            }
            ownHeaders.process(request, request.getEntity(), context);
            return leased.execute("", request, Connections.this::exchange, context);
        }

        private ConnectionEndpoint leased() throws IOException {
            var wait = pool.lease("", route, connectTimeout, null);
            try {
                return wait.get(connectTimeout);
            } catch (TimeoutException busy) {
                throw new ConnectionRequestTimeoutException(busy.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            } catch (ExecutionException e) {
                throw new IOException("no connection", e.getCause());
            }
        }

        @Override
        public boolean cancel() {
            cancelled = true;
            var used = connection;
            if (used != null) {
                used.close(CloseMode.IMMEDIATE);
            }
            return true;
        }
    }

    private ClassicHttpResponse exchange(
            ClassicHttpRequest request, HttpClientConnection connection, HttpContext context)
            throws IOException, HttpException {
        return http.execute(
                request,
                connection,
                (news, same, whatever) -> {
                    if (news.getCode() == 101) {
                        throw new ProtocolException("Nobody asked for another protocol");
                    }
                },
                context);
    }

    @Override
    public void close() {
        evictor.shutdown();
        pool.close(CloseMode.GRACEFUL);
    }
}
