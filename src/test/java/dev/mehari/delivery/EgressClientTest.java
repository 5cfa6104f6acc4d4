package dev.mehari.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.mehari.channel.Channel;
import dev.mehari.channel.Channels;
import dev.mehari.security.Secret;
import dev.mehari.testkit.RealRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The last step before the network, against a real server. */
class EgressClientTest {
    /** The first byte of a TLS record that begins a handshake (RFC 8446, 5.1). */
    private static final int TLS_HANDSHAKE = 22;

    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> callers = new ConcurrentLinkedQueue<>();
    private final Channels channels = new Channels();
    private EgressClient client = client(Duration.ofMillis(300));
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch dripsGivenUp = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            callers.add(exchange.getRemoteAddress().getPort());
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            boolean moved = exchange.getRequestURI().getPath().startsWith("/moved");
            if (moved) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(moved ? 302 : 200, -1);
            exchange.close();
        });
        server.createContext("/silent", exchange -> awaitEnd());
        server.createContext("/drip", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().endsWith("busy") ? 503 : 200, 0);
            try (var body = exchange.getResponseBody()) {
                while (!ended.await(20, TimeUnit.MILLISECONDS)) {
                    body.write('.');
                    body.flush();
                }
            } catch (IOException given) {
                dripsGivenUp.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.createContext("/long", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                body.write(new byte[100_000]);
                body.flush();
                awaitEnd();
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        ended.countDown();
        server.stop(0);
        client.shutdown();
    }

    @Test
    void pathAndQuery_goBehindTheAddress() throws Exception {
        address("/api/webhooks/1/t%2Fken?thread_id=7");
        assertThat(post("http://trades.channel/messages?wait=true&x=%C3%A9")).isEqualTo(200);
        address("/hook");
        post("http://trades.channel/");
        post("http://trades.channel");
        assertThat(requests)
                .containsExactly(
                        "POST /api/webhooks/1/t%2Fken/messages?thread_id=7&wait=true&x=%C3%A9 body",
                        "POST /hook body", "POST /hook body");
    }

    @Test
    void question_goesToTheAddressItself_andItsAnswerComesBack() throws Exception {
        address("/api/webhooks/1/token");
        var question = new ProviderRequest("GET", "", Map.of(), Map.of("User-Agent", "test"), new byte[0]);
        var answer = client.ask(channels.get("trades"), question);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("date")).isPresent();
        assertThat(requests).containsExactly("GET /api/webhooks/1/token ");
    }

    @Test
    void channelWithoutAnAddress_goesToTheSandbox() throws Exception {
        configure(Secret.NONE);
        post("http://trades.channel/messages");
        assertThat(requests).containsExactly("POST /sandbox/messages body");
    }

    @Test
    void redirect_isNotFollowed() throws Exception {
        address("/moved/s3cret");
        assertThat(post("http://trades.channel")).isEqualTo(302);
        assertThat(requests).hasSize(1);
    }

    @Test
    void connection_isKeptForTheNextRequest_andGivenUpWithAnAnswerThatWasNotReadToItsEnd() throws Exception {
        address("/hook");
        post("http://trades.channel");
        post("http://trades.channel");
        assertThat(callers).hasSize(2);
        assertThat(Set.copyOf(callers)).hasSize(1);
        address("/drip");
        post("http://trades.channel");
        address("/hook");
        post("http://trades.channel");
        assertThat(Set.copyOf(callers)).hasSize(2);
    }

    @Test
    void https_isSpokenWhereTheAddressAsksForIt() throws Exception {
        client.shutdown();
        client = client(Duration.ofSeconds(20)); // the authorities of TLS are read at the first call
        try (var none = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            configure(Secret.of("https://127.0.0.1:" + none.getLocalPort() + "/hook"));
            var first = CompletableFuture.supplyAsync(() -> firstByte(none));
            assertThat(TransportProblem.meaning(catchThrowable(() -> post("http://trades.channel"))))
                    .isEqualTo(new Outcome.Retry("the TLS handshake failed", null));
            assertThat(first).isCompletedWithValue(TLS_HANDSHAKE);
        }
    }

    private static int firstByte(ServerSocket server) {
        try (var caller = server.accept()) {
            return caller.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void addressThatNamesAUser_isNotCalled_norTold() throws Exception {
        configure(Secret.of("http://me:s3cret@127.0.0.1:" + server.getAddress().getPort() + "/hook"));
        assertThat(catchThrowable(() -> post("http://trades.channel"))).hasMessage("The address names a user");
        assertThat(requests).isEmpty();
    }

    @Test
    void otherHosts_areNotCalled() throws Exception {
        address("/hook");
        var problem = catchThrowable(
                () -> post("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
        assertThat(problem).isInstanceOf(IOException.class).hasMessageContaining("Only channels are called");
        assertThat(requests).isEmpty();
    }

    @Test
    void exception_tellsNoToken() throws Exception {
        configure(Secret.of("http://127.0.0.1:" + RealRedis.freePort() + "/s3cret"));
        var problem = catchThrowable(() -> post("http://trades.channel"));
        assertThat(problem).isInstanceOf(IOException.class);
        for (var cause = problem; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void addressThatIsNone_isNotToldEither() throws Exception {
        configure(Secret.of("http://exa mple/s3cret"));
        var problem = catchThrowable(() -> post("http://trades.channel"));
        assertThat(problem).hasMessage("The address of channel 'trades' is not one of its provider's");
        for (var cause = problem; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void silence_endsAsATimeOut() throws Exception {
        address("/silent");
        assertThat(TransportProblem.meaning(catchThrowable(() -> post("http://trades.channel"))))
                .isEqualTo(new Outcome.Retry("no answer within the response time-out", null));
        address("/hook");
        assertThat(post("http://trades.channel")).isEqualTo(200);
    }

    @Test
    void question_doesNotWaitForEverEither() throws Exception {
        address("/silent");
        var question = new ProviderRequest("GET", "", Map.of(), Map.of(), new byte[0]);
        assertThat(catchThrowable(() -> client.ask(channels.get("trades"), question)))
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void answerThatDripsForEver_isOneTimeOut() throws Exception {
        address("/drip/busy");
        assertThat(catchThrowable(() -> post("http://trades.channel"))).isInstanceOf(SocketTimeoutException.class);
        assertThat(dripsGivenUp.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void successWhoseAnswerNeverEnds_isASuccess() throws Exception {
        address("/drip");
        assertThat(post("http://trades.channel")).isEqualTo(200);
    }

    @Test
    void longAnswer_isNotWaitedFor() throws Exception {
        address("/long");
        assertThat(answer("http://trades.channel")).hasSize(64 * 1024);
    }

    private EgressClient client(Duration longest) {
        return new EgressClient(
                new Connections(Duration.ofSeconds(5)),
                channels,
                new Targets(new Providers(List.of(new ScriptedProvider())), (channel, provider) -> sandbox()),
                new NoTransport(),
                longest);
    }

    @SuppressWarnings("deprecation")
    private byte[] answer(String uri) throws IOException {
        try (var answer = client.execute(new HttpPost(uri))) {
            return EntityUtils.toByteArray(answer.getEntity());
        }
    }

    @SuppressWarnings("deprecation")
    private int post(String uri) throws IOException {
        var request = new HttpPost(uri);
        request.setEntity(new StringEntity("body"));
        try (var answer = client.execute(request)) {
            return answer.getCode();
        }
    }

    private void address(String path) throws Exception {
        configure(Secret.of("http://127.0.0.1:" + server.getAddress().getPort() + path));
    }

    private void configure(Secret url) throws Exception {
        Channel channel = DeliveryBench.channel("trades", null, 1, 1).withUrl(url);
        channels.replace(Map.of("trades", channel));
    }

    private URI sandbox() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sandbox");
    }

    private static final class NoTransport implements Transport {
        @Override
        public boolean reaches(URI target) {
            return false;
        }

        @Override
        public ProviderAnswer send(URI target, ProviderRequest request) {
            throw new IllegalStateException();
        }
    }
}
