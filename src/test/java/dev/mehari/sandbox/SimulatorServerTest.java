package dev.mehari.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mehari.testkit.SimulatorServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults, as a client on the other end of a real connection meets them. */
class SimulatorServerTest {
    private final SimulatorServer server = SimulatorServer.unlimited();
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI trades = server.urlOf("trades", "discord");

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void address_isStableAndLooksReal() throws Exception {
        assertThat(trades.getPath()).matches("/sandbox/discord/api/v10/webhooks/\\d{17,19}/[\\w-]{68}");
        assertThat(server.urlOf("trades", "discord")).isEqualTo(trades);
        assertThat(server.urlOf("alertes", "discord")).isNotEqualTo(trades);

        assertThat(post(trades).statusCode()).isEqualTo(204);
        assertThat(server.messages("trades")).extracting(InboxMessage::content).containsExactly("hi");
        assertThat(server.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DELETED, 404, 10015",
        "UNAUTHORIZED, 401, 50027",
        "BANNED, 429, Error 1015",
        "RATE_LIMITED, 429, retry_after",
        "FLAKY, 503, 503"
    })
    void fault_isShapedAsDiscordWould(Fault.Kind kind, int status, String body) throws Exception {
        server.faults().put("trades", kind == Fault.Kind.FLAKY ? Fault.flaky(1, 7) : Fault.of(kind));

        assertThat(post(trades))
                .returns(status, HttpResponse::statusCode)
                .returns(true, got -> got.body().contains(body));
        assertThat(post(server.urlOf("alertes", "discord")).statusCode()).isEqualTo(204);
        assertThat(server.messages("trades")).isEmpty();
        assertThat(server.violations()).isEmpty();
    }

    @Test
    void fault_isOverAfterItsTimes() throws Exception {
        server.faults()
                .put(
                        "trades",
                        Fault.status(502, "bad gateway", Map.of("X-Test", "1")).times(2));

        assertThat(post(trades)).returns(502, HttpResponse::statusCode).returns("bad gateway", HttpResponse::body);
        assertThat(post(trades).headers().firstValue("x-test")).contains("1");
        assertThat(post(trades).statusCode()).isEqualTo(204);
        assertThat(server.faults().all()).isEmpty();
    }

    @Test
    void faultForAll_yieldsToAChannelsOwn() throws Exception {
        server.faults().put(FaultBoard.ALL, Fault.status(500));
        server.faults().put("trades", Fault.status(502));

        assertThat(post(trades).statusCode()).isEqualTo(502);
        assertThat(post(server.urlOf("alertes", "webhook")).statusCode()).isEqualTo(500);
        server.faults().clear();
        assertThat(post(trades).statusCode()).isEqualTo(204);
    }

    @Test
    void rateLimitHeader_mayDisagreeWithTheBody() throws Exception {
        server.faults().put("trades", Fault.rateLimited(1163.097, "shared").withRetryAfterHeader(1));
        var answer = post(trades);

        assertThat(answer.headers().firstValue("retry-after")).contains("1");
        assertThat(answer.body()).contains("\"retry_after\":1163.097").contains("\"code\":20028");
        assertThat(answer.headers().firstValue("x-ratelimit-scope")).contains("shared");
    }

    @Test
    void reset_tearsTheConnection() {
        server.faults().put("trades", Fault.of(Fault.Kind.RESET).times(10));

        assertThatThrownBy(() -> post(trades)).isInstanceOf(IOException.class);
        assertThat(server.messages("trades")).isEmpty();
    }

    @Test
    void lostAnswer_takesTheMessageAllTheSame() {
        server.faults().put("trades", Fault.of(Fault.Kind.LOST_ANSWER).times(1));

        assertThatThrownBy(() -> post(trades)).isInstanceOf(IOException.class);
        assertThat(server.messages("trades")).isNotEmpty();
    }

    @Test
    void slow_answersTooLate() {
        server.faults().put("trades", Fault.slow(Duration.ofSeconds(20)));

        assertThatThrownBy(() -> post(trades)).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void flaky_failsTheSameRequestsForTheSameSeed() throws Exception {
        StringBuilder first = new StringBuilder();
        StringBuilder second = new StringBuilder();
        for (StringBuilder round : new StringBuilder[] {first, second}) {
            server.faults().put("trades", Fault.flaky(0.5, 42));
            for (int i = 0; i < 20; i++) {
                round.append(post(trades).statusCode()).append(' ');
            }
        }
        assertThat(first).hasToString(second.toString()).contains("204").contains("503");
    }

    @Test
    void versionSix_isAsOld() throws Exception {
        server.faults().put("trades", Fault.of(Fault.Kind.VERSION_6));

        assertThat(send(trades, "{\"embeds\":[{}]}").body()).isEqualTo("{\"embeds\":[\"0\"]}");
    }

    @Test
    void webhook_takesAnything() throws Exception {
        URI hook = server.urlOf("hooks", "webhook");
        client.send(
                HttpRequest.newBuilder(hook.resolve(hook.getPath() + "/deep?a=b"))
                        .header("Webhook-Id", "msg_1")
                        .method("PUT", HttpRequest.BodyPublishers.ofString("anything"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());

        InboxMessage.Raw raw = server.messages("hooks").getFirst().request();
        assertThat(raw.method()).isEqualTo("PUT");
        assertThat(raw.body()).isEqualTo("anything");
        assertThat(raw.headers()).containsEntry("webhook-id", "msg_1");
    }

    @ParameterizedTest
    @CsvSource({"STATUS, status", "MIGRATED, migrateTo"})
    void fault_needsItsNumbers(Fault.Kind kind, String missing) {
        assertThatThrownBy(() -> Fault.of(kind)).hasMessageContaining(missing);
    }

    private HttpResponse<String> post(URI to) throws IOException, InterruptedException {
        return send(to, "{\"content\":\"hi\"}");
    }

    private HttpResponse<String> send(URI to, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(to)
                .timeout(Duration.ofSeconds(2))
                .header("User-Agent", "DiscordBot (https://example.org, 1)")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
