package dev.mehari.tracing;

import static dev.mehari.testkit.OtlpReceiver.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.history.DeliveryWatcher.Request;
import dev.mehari.history.DeliveryWatcher.Step;
import dev.mehari.http.SpanId;
import dev.mehari.testkit.OtlpReceiver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpanExporterTest {
    private static final Instant AT = Instant.parse("2026-11-20T18:00:00.5Z");
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final OtlpReceiver collector = new OtlpReceiver();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SpanExporter exporter = exporter(1_000);

    @AfterEach
    void close() {
        exporter.stop();
        collector.close();
    }

    @Test
    void aDelivery_isATreeFromTheDoorToTheProvider() {
        exporter.happened(List.of(
                step("n1", "trades", null, "queued", 3, null),
                step("n1", "trades", null, "held", 200, new Request("retry", 503, 90)),
                step("n1", "trades", null, "delivered", 1_200, new Request("delivered", 204, 50))));
        // Whatever waits at a start goes in one request; what comes while it runs may be parted.
        exporter.start();

        var spans = spans(4);
        var accept = named(spans, "accept trade.opened");
        var deliver = named(spans, "deliver trades");
        assertThat(spans).allMatch(span -> span.path("traceId").asText().equals(TRACE));
        assertThat(accept.has("parentSpanId")).isFalse();
        assertThat(accept.path("kind").asInt()).isEqualTo(2);
        assertThat(accept.path("startTimeUnixNano").asText()).isEqualTo("1795197600500000000");
        assertThat(accept.path("endTimeUnixNano").asText()).isEqualTo("1795197600503000000");
        assertThat(deliver.path("parentSpanId")).isEqualTo(accept.path("spanId"));
        assertThat(deliver.path("spanId").asText()).isEqualTo(SpanId.ofDelivery("n1", "trades"));
        assertThat(attribute(deliver, "mehari.state")).isEqualTo("delivered");
        assertThat(deliver.has("status")).isFalse();
        var attempts = spans.stream()
                .filter(span -> span.path("name").asText().equals("attempt trades"))
                .toList();
        assertThat(attempts)
                .allMatch(span -> span.path("parentSpanId").equals(deliver.path("spanId")))
                .extracting(span -> attribute(span, "http.response.status_code"))
                .containsExactly("503", "204");
        assertThat(attempts.get(0).path("status").path("code").asInt()).isEqualTo(2);
        assertThat(attempts.get(0).path("startTimeUnixNano").asText()).isEqualTo("1795197600610000000");
        assertThat(attribute(collector.resource(), "service.name")).isEqualTo("mehari-test");
        assertThat(collector.calls()).containsExactly("POST /v1/traces application/json a b+c 200");
    }

    @Test
    void aFallbacksCopy_hangsUnderTheDeliveryItStandsInFor_andFanOutIsAcceptedOnce() {
        exporter.start();
        exporter.happened(
                List.of(step("n1", "trades", null, "queued", 3, null), step("n1", "signal", null, "queued", 4, null)));
        exporter.happened(List.of(
                step("n1", "trades", null, "diverted", 50, null),
                step("n1", "admin", "trades", "queued", 40, null),
                step("n1", "admin", "trades", "delivered", 90, null)));

        var spans = spans(3);
        assertThat(named(spans, "deliver admin").path("parentSpanId").asText())
                .isEqualTo(named(spans, "deliver trades").path("spanId").asText());
        assertThat(attribute(named(spans, "deliver admin"), "mehari.diverted_from"))
                .isEqualTo("trades");
    }

    @Test
    void traceIdOfAnotherForm_isTranslatedAndKept() {
        var step = step("n1", "trades", null, "dead", 90, null);
        var span = new DeliverySpans()
                .of(List.of(new Step(
                        "n1", "t", "http", "abc-123", AT, "trades", "1-0", "", null, "dead", AT, AT, 3, null,
                        "no way")))
                .get(0);

        assertThat(step.traceId()).isEqualTo(TRACE);
        assertThat(span.traceId()).isEqualTo(SpanId.trace("abc-123")).matches("[0-9a-f]{32}");
        assertThat(span.attributes()).containsEntry("mehari.trace_id", "abc-123");
        assertThat(span.error()).isEqualTo("no way");
    }

    @Test
    void collectorThatIsBusy_getsTheSpansAgain_andOneThatRefusesDoesNot() {
        collector.answer(503);
        exporter.start();
        exporter.happened(List.of(step("n1", "trades", null, "delivered", 9, null)));
        spans(1);

        collector.answer(400);
        exporter.happened(List.of(step("n2", "trades", null, "delivered", 9, null)));
        await().untilAsserted(() -> assertThat(count("left-out")).isEqualTo(1));
        exporter.happened(List.of(step("n3", "trades", null, "delivered", 9, null)));

        assertThat(spans(2))
                .extracting(span -> attribute(span, "mehari.notification"))
                .containsExactly("n1", "n3");
        await().untilAsserted(() -> assertThat(count("sent")).isEqualTo(2));
        assertThat(collector.calls()).hasSize(4);
    }

    @Test
    void collectorThatStaysAway_costsSpansAndNothingElse() {
        var small = exporter(10);

        IntStream.range(0, 25)
                .forEach(at -> small.happened(List.of(step("n" + at, "trades", null, "delivered", 9, null))));

        assertThat(count("left-out")).isEqualTo(15);
    }

    @Test
    void settings_areThoseOfOpenTelemetry() {
        var own = settings("http://c:4318/", "", "", "deployment.environment=prod,team=a%20b");
        assertThat(own.address()).hasToString("http://c:4318/v1/traces");
        assertThat(own.resource())
                .containsEntry("service.name", "mehari-test")
                .containsEntry("deployment.environment", "prod")
                .containsEntry("team", "a b");
        assertThat(settings("http://c:4318", "https://d/x?y", "", "").address()).hasToString("https://d/x?y");
        assertThat(settings("", "", "Authorization=Basic%20eA==, X=1", "").headerMap())
                .containsEntry("Authorization", "Basic eA==")
                .containsEntry("X", "1");
        assertThatThrownBy(() -> settings("c:4317", "", "", "").address())
                .hasMessageContaining("http://127.0.0.1:4318");
        assertThat(settings("http://c", "", "k=secret", "").toString()).doesNotContain("secret");
    }

    private static TracingProperties settings(String endpoint, String traces, String headers, String resource) {
        return new TracingProperties(endpoint, traces, headers, "mehari-test", resource, Duration.ofSeconds(5), 100);
    }

    private SpanExporter exporter(int waiting) {
        var settings = settings(collector.address(), "", "X-Api-Key=a%20b+c", "");
        return new SpanExporter(
                new OtlpJson(settings.resource()),
                new OtlpCollector(settings.address(), settings.headerMap(), settings.timeout()),
                waiting,
                meters);
    }

    private List<JsonNode> spans(int number) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(collector.spans()).hasSize(number));
        return collector.spans();
    }

    private static JsonNode named(List<JsonNode> spans, String name) {
        return spans.stream()
                .filter(span -> span.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private double count(String outcome) {
        return meters.get("mehari.tracing.spans")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static Step step(String id, String channel, String from, String event, long millis, Request took) {
        return new Step(
                id,
                "trade.opened",
                "http",
                TRACE,
                AT,
                channel,
                millis + "-0",
                "",
                from,
                event,
                AT.plusMillis(3),
                AT.plusMillis(millis),
                1,
                took,
                null);
    }
}
