package dev.mehari.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.mehari.testkit.GatewayProcess;
import dev.mehari.testkit.OtlpReceiver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message by HTTP, found again: searched, told, traced and counted, over the whole gateway. */
class HistoryJourneyIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static final OtlpReceiver COLLECTOR = new OtlpReceiver();
    private static GatewayProcess gateway;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        gateway = GatewayProcess.ofClasses(folder)
                .with("MEHARI_HISTORY_ENABLED", "true")
                .with("MEHARI_QUOTA", "200")
                .with("OTEL_EXPORTER_OTLP_ENDPOINT", COLLECTOR.address())
                .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        COLLECTOR.close();
    }

    @Test
    void aMessage_isFoundToldTracedAndCounted() throws Exception {
        await().atMost(LONG).until(() -> get("/api/v1/notifications").statusCode() == 200);
        var sent = post("/api/v1/notifications", "{\"type\":\"trade.opened\",\"title\":\"Long BTC-USD\"}", "abc-123");
        String id = JsonPath.read(sent.body(), "$.id");
        assertThat(post(
                                "/api/frontend-log",
                                "{\"level\":\"error\",\"message\":\"late\",\"durationMs\":2500}",
                                "abc-123")
                        .statusCode())
                .isEqualTo(202);

        await().atMost(LONG)
                .until(() -> get("/api/v1/notifications?q=btc-usd&state=delivered")
                        .body()
                        .contains(id));
        var page = get("/api/v1/notifications?type=trade.*&channel=trades&traceId=abc-123&from=1h")
                .body();
        assertThat(JsonPath.<List<String>>read(page, "$.notifications[*].deliveries[*].channel"))
                .containsExactly("trades");
        var story = get("/api/v1/notifications/" + id).body();
        assertThat(JsonPath.<List<String>>read(story, "$.events[*].event")).containsExactly("queued", "delivered");
        assertThat(JsonPath.<List<Integer>>read(story, "$.deliveries[*].attempts[*].status"))
                .containsExactly(200);
        await().atMost(LONG).until(() -> get("/api/v1/traces/abc-123").body().contains("late"));
        var steps = get("/api/v1/traces/abc-123").body();
        assertThat(JsonPath.<List<String>>read(steps, "$[*].component"))
                .startsWith("http")
                .contains("redis", "provider", "frontend");
        assertThat(JsonPath.<List<String>>read(steps, "$[?(@.component == 'frontend')].slow"))
                .containsExactly("critical");
        var stats = get("/api/v1/stats/history?by=day&channel=trades").body();
        assertThat(JsonPath.<List<Integer>>read(stats, "$.buckets[*].states.delivered"))
                .singleElement()
                .satisfies(count -> assertThat(count).isPositive());
        assertThat(get("/api/health/detailed").body()).contains("written by this node");
    }

    @Test
    void aReport_goesOutWithItsChart() throws Exception {
        // What is sent in the first seconds, before the first report was begun, is in none.
        await().atMost(LONG).pollInterval(Duration.ofMillis(700)).until(() -> {
            post("/api/v1/notifications", "{\"type\":\"signal.analysis\",\"title\":\"For the chart\"}", "chart-1");
            var preview = post("/api/v1/reports/daily?preview=true", "", "chart-2");
            return JsonPath.read(preview.body(), "$.chart") != null;
        });
        var sent = post("/api/v1/reports/report.daily", "", "chart-3");

        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        assertThat(JsonPath.<List<String>>read(sent.body(), "$.channels")).containsExactly("performance");
        assertThat(JsonPath.<String>read(sent.body(), "$.chart.content")).startsWith("iVBOR");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(
                                get("/sandbox/api/messages?channel=performance").body())
                        .contains("attachment://chart.png"));
        assertThat(post("/api/v1/reports/hourly", "", "chart-4").statusCode()).isEqualTo(404);
        assertThat(JsonPath.<List<String>>read(get("/api/v1/reports").body(), "$.reports[*].name"))
                .containsExactly("report.daily", "report.weekly");
    }

    @Test
    void pastTraffic_showsWhatOtherRoutesWouldMove() throws Exception {
        post("/api/v1/notifications", "{\"type\":\"admin.message\",\"priority\":\"low\"}", "past-1");
        var id = JsonPath.<String>read(
                post("/api/v1/notifications", "{\"type\":\"admin.message\",\"priority\":\"high\"}", "past-2")
                        .body(),
                "$.id");
        var routes = new java.util.TreeMap<String, Object>();
        try (var files = Files.walk(folder.resolve("routes"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                routes.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        var router = String.valueOf(routes.get("routes/routing.yaml"));
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(travel(routes).body()).contains("\"moved\":0").contains("\"complete\":true");
            assertThat(JsonPath.<Integer>read(travel(routes).body(), "$.notifications"))
                    .isGreaterThan(1);
        });

        routes.put(
                "routes/routing.yaml",
                router.replaceFirst(
                        "when:\n",
                        "when:\n              - simple: \"\\${variable.type} startsWith 'admin.' && \\${variable.priority} == 'high'\"\n"
                                + "                steps:\n                  - to: channel:desk\n"));
        var refused = travel(routes);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("routes/routing.yaml:").contains("There is no channel 'desk'");

        routes.put(
                "config/channels.yaml",
                Files.readString(folder.resolve("config/channels.yaml")) + "\n  desk: { provider: discord }\n");
        await().atMost(LONG).untilAsserted(() -> {
            var found = travel(routes);
            assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
            assertThat(JsonPath.<List<Map<String, Object>>>read(found.body(), "$.groups"))
                    .containsExactly(Map.of(
                            "type", "admin.message",
                            "went", List.of("admin"),
                            "now", List.of("admin"),
                            "then", List.of("desk"),
                            "count", 1,
                            "examples", List.of(id)));
        });
        assertThat(get("/api/v1/channels/desk").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> travel(Map<String, Object> files) throws Exception {
        var json = new com.fasterxml.jackson.databind.ObjectMapper();
        return post("/api/v1/routes/time-travel", json.writeValueAsString(Map.of("files", files)), "past-3");
    }

    @Test
    void traces_goToTheCollectorThatIsNamed() throws Exception {
        var trace = "8d1f0c6a5be24e0f9a7c3b2d1e0f4a5b";
        post("/api/v1/notifications", "{\"type\":\"system.alert\",\"title\":\"Traced\"}", trace);

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(COLLECTOR.spans())
                        .filteredOn(span -> span.path("traceId").asText().equals(trace))
                        .extracting(span -> span.path("name").asText())
                        .containsExactlyInAnyOrder("accept system.alert", "deliver alertes", "attempt alertes"));
        assertThat(OtlpReceiver.attribute(COLLECTOR.resource(), "service.name")).isEqualTo("mehari");
    }

    @Test
    void whatOperatorsDo_isKept() throws Exception {
        post("/api/v1/channels/signal/pause", "", "op-1");
        post("/api/v1/channels/nobody/pause", "", "op-2");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(get("/api/v1/audit").body())
                        .contains(
                                "\"who\":\"default\",\"action\":\"POST /api/v1/channels/signal/pause\",\"status\":200")
                        .contains("channels/nobody/pause\",\"status\":404"));

        var types = folder.resolve("config/types.yaml");
        Files.writeString(types, Files.readString(types) + "\n# an edit\n");
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(get("/api/v1/configuration-changes").body())
                                .contains("\"file\":\"config/types.yaml\",\"outcome\":\"in-use\""));
        Files.writeString(types, "no: [good");
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(get("/api/v1/configuration-changes").body()).contains("\"outcome\":\"refused\""));
    }

    @Test
    void whatCannotBeAsked_isRefusedWithItsReason() throws Exception {
        await().atMost(LONG).until(() -> get("/api/v1/notifications").statusCode() == 200);
        assertThat(get("/api/v1/notifications?limit=0").statusCode()).isEqualTo(422);
        assertThat(get("/api/v1/notifications?q=ab").body()).contains("at least 3");
        assertThat(get("/api/v1/notifications?cursor=nix").statusCode()).isEqualTo(422);
        assertThat(get("/api/v1/notifications?from=yesterday").body()).contains("24h");
        assertThat(get("/api/v1/notifications/01m7xqqdvfp5wbmvfpgnrv7wcn").statusCode())
                .isEqualTo(404);
        assertThat(get("/api/v1/traces/nobody").statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/stats/history?by=year").statusCode()).isEqualTo(422);
    }

    @Test
    void everyDocumentedCall_isAnsweredAsItsDocumentSays() throws Exception {
        await().atMost(LONG).until(() -> get("/api/v1/notifications").statusCode() == 200);
        var calls = new DocumentedCalls(
                gateway.address().toString(),
                Files.readString(folder.resolve("data/api-key")).trim());

        assertThat(calls.document().path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(calls.all())
                .hasSizeGreaterThan(30)
                .allSatisfy(call -> assertThat(call.said().path("summary").asText())
                        .as("%s in docs/calls.yaml", call)
                        .isNotEqualTo("null")
                        .isNotEmpty());
        calls.makeSomethingHappen();
        calls.all().forEach(calls::send);
        for (var call : calls.all()) {
            if (call.path().startsWith("/api/")) {
                calls.sendWithoutKey(call);
            }
        }
    }

    @Test
    void theDocumentsPage_needsNothingFromElsewhere() throws Exception {
        assertThat(get("/docs").body()).contains("/docs/assets/swagger-ui-bundle.js");
        assertThat(get("/docs/assets/swagger-ui-bundle.js").body()).contains("SwaggerUIBundle");
        assertThat(get("/docs/assets/swagger-ui.css").statusCode()).isEqualTo(200);
        assertThat(get("/docs/assets/application.yaml").statusCode()).isEqualTo(404);
    }

    @Test
    void aKey_hasItsQuota_andEndsAtOnceWhenRevoked() throws Exception {
        var made = post("/api/v1/keys", "{\"name\":\"greedy\"}", "keys-1");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Cache-Control")).hasValue("no-store");
        String key = JsonPath.read(made.body(), "$.key");

        assertThat(sendWith(key, 201).body()).contains("quota-used-up", "whole quota of 200");
        assertThat(sendWith(key, 200).statusCode()).isEqualTo(202);
        var refused = sendWith(key, 100);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        assertThat(post("/api/v1/notifications", "{\"type\":\"system.status\"}", "keys-2")
                        .statusCode())
                .as("another key's quota")
                .isEqualTo(202);

        var revoke = request("/api/v1/keys/greedy").DELETE().build();
        assertThat(http.send(revoke, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
        assertThat(sendWith(key, 1).statusCode()).isEqualTo(401);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(get("/api/v1/audit").body())
                        .contains("POST /api/v1/keys name=greedy", "DELETE /api/v1/keys/greedy")
                        .doesNotContain(key));
        assertThat(gateway.log()).doesNotContain(key);
        assertThat(Files.readString(folder.resolve("data/logs/mehari.jsonl"))).doesNotContain(key);
    }

    @Test
    void expunging_reachesWhatWaitsAndWhatIsOver() throws Exception {
        await().atMost(LONG).until(() -> get("/api/v1/notifications").statusCode() == 200);
        post("/api/v1/channels/performance/pause", "", "gone-1");
        var message = "{\"type\":\"%s\",\"title\":\"Private\",\"recipient\":\"eve@example.org\"}";
        String waiting = JsonPath.read(
                post("/api/v1/notifications", message.formatted("performance.report"), "gone-2")
                        .body(),
                "$.id");
        String sent = JsonPath.read(
                post("/api/v1/notifications", message.formatted("trade.opened"), "gone-3")
                        .body(),
                "$.id");
        await().atMost(LONG)
                .until(() -> get("/api/v1/notifications/" + sent).body().contains("\"state\":\"delivered\""));

        var gone = post("/api/v1/history/expunge?recipient=eve@example.org", "", "gone-4");
        assertThat(gone.body()).isEqualTo("{\"deliveries\":1,\"diverted\":0,\"deadLetters\":0,\"notifications\":2}");
        for (var id : List.of(waiting, sent)) {
            assertThat(get("/api/v1/notifications/" + id).body()).doesNotContain("Private", "eve@example.org");
        }
        assertThat(get("/api/v1/notifications/" + waiting).body()).contains("\"state\":\"suppressed\"");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(get("/api/v1/audit").body())
                        .contains("\"action\":\"POST /api/v1/history/expunge\"")
                        .doesNotContain("eve@example.org"));
        post("/api/v1/channels/performance/resume", "", "gone-5");
    }

    @Test
    void postgresKilledUnderLoad_holdsUpNothing_andNothingIsMissingAfterwards() throws Exception {
        await().atMost(LONG).until(() -> get("/api/v1/notifications").statusCode() == 200);
        String key = JsonPath.read(
                post("/api/v1/keys", "{\"name\":\"load\"}", "keys-3").body(), "$.key");
        var batch = "{\"type\":\"system.alert\",\"traceId\":\"pg-kill\"}\n".repeat(10);
        var killed = postgres();
        for (int i = 0; i < 19; i++) {
            if (i == 4) {
                killed.destroyForcibly();
                killed.onExit().get(10, TimeUnit.SECONDS);
            }
            assertThat(sendWith(key, batch).body()).contains("\"accepted\":10");
        }
        assertThat(killed.isAlive()).isFalse();

        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            var found = get("/api/v1/notifications?traceId=pg-kill&limit=500").body();
            assertThat(JsonPath.<List<String>>read(found, "$.notifications[*].deliveries[*].state"))
                    .hasSize(190)
                    .containsOnly("delivered");
        });
        assertThat(get("/stats").body()).contains("\"balanced\":true");
        assertThat(postgres().pid()).isNotEqualTo(killed.pid());
    }

    private static ProcessHandle postgres() throws Exception {
        var pid = Files.readAllLines(folder.resolve("data/postgres/data/postmaster.pid"))
                .get(0);
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    private HttpResponse<String> sendWith(String key, int count) throws Exception {
        return sendWith(key, "{\"type\":\"system.status\",\"channel\":\"signal\"}\n".repeat(count));
    }

    private HttpResponse<String> sendWith(String key, String lines) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(gateway.address() + "/api/v1/notifications/batch"))
                .header("Authorization", "Bearer " + key)
                .POST(BodyPublishers.ofString(lines));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body, String trace) throws Exception {
        var request = request(path).header("X-Trace-Id", trace).POST(BodyPublishers.ofString(body));
        return http.send(request.header("Content-Type", "application/json").build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) throws Exception {
        var address = gateway.address() + path;
        var key = Files.readString(folder.resolve("data/api-key")).trim();
        return HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer " + key);
    }
}
