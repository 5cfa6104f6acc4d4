package dev.mehari.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.StreamSupport;

/** The document of a running gateway, and its examples sent to that gateway. */
final class DocumentedCalls {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ORDER = List.of("post", "put", "get", "delete");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final String key;
    private final JsonNode document;
    private final Deque<String> deadLetters = new ConcurrentLinkedDeque<>();
    private String notification = "";

    DocumentedCalls(String address, String key) throws Exception {
        this.address = address;
        this.key = key;
        this.document = JSON.readTree(send(request("/docs/openapi.json").GET()).body());
    }

    JsonNode document() {
        return document;
    }

    /** A method at a path. */
    record Call(String path, String method, JsonNode said) {
        @Override
        public String toString() {
            return method.toUpperCase(java.util.Locale.ROOT) + " " + path;
        }
    }

    /** What changes something first, what deletes last. */
    List<Call> all() {
        var calls = new ArrayList<Call>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> calls.add(new Call(path.getKey(), method.getKey(), method.getValue()))));
        calls.sort(Comparator.comparing((Call call) -> ORDER.indexOf(call.method()))
                .thenComparing(Call::path));
        return calls;
    }

    /** There must be something to ask about: a notification, and dead letters that can be tried again. */
    void makeSomethingHappen() throws Exception {
        var refusing = BodyPublishers.ofString("{\"kind\":\"status\",\"status\":400}");
        var faults = HttpRequest.newBuilder(URI.create(address + "/sandbox/api/faults/admin"));
        send(faults.copy().header("Content-Type", "application/json").PUT(refusing));
        for (int i = 0; i < 3; i++) {
            var body = "{\"type\":\"admin.message\",\"title\":\"Refused " + i + "\"}";
            notification = JSON.readTree(send(request("/api/v1/notifications").POST(BodyPublishers.ofString(body)))
                            .body())
                    .path("id")
                    .asText();
        }
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var letters = JSON.readTree(
                            send(request("/api/v1/dead-letters").GET()).body())
                    .path("deadLetters");
            assertThat(letters).hasSize(3);
            deadLetters.clear();
            letters.forEach(letter -> deadLetters.add(letter.path("id").asText()));
        });
        send(faults.copy().DELETE());
    }

    /** Sends the example until the answer is the documented one; some need what was sent before to be written down. */
    void send(Call call) {
        var request = example(call);
        await(call.toString()).atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var answer = send(request);
            assertThat(answer.statusCode()).as("%s: %s", call, answer.body()).isEqualTo(success(call));
            assertIsAsDocumented(call, answer);
        });
    }

    void sendWithoutKey(Call call) throws Exception {
        var path = call.path().replaceAll("\\{\\w+}", "x");
        var answer = send(HttpRequest.newBuilder(URI.create(address + path))
                .method(call.method().toUpperCase(java.util.Locale.ROOT), BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(call.toString()).isEqualTo(401);
        assertIsAsDocumented(call, answer);
    }

    private HttpRequest.Builder example(Call call) {
        var path = call.path();
        var query = new ArrayList<String>();
        var headers = new ArrayList<String>();
        for (var parameter : call.said().path("parameters")) {
            var name = parameter.path("name").asText();
            var value = parameter.path("example").asText();
            switch (parameter.path("in").asText()) {
                case "path" -> path = path.replace("{" + name + "}", known(call, name, value));
                case "header" -> headers.addAll(List.of(name, value));
                default -> {
                    if (!value.isEmpty()) {
                        query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
                    }
                }
            }
        }
        var request = request(path + (query.isEmpty() ? "" : "?" + String.join("&", query)));
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        var body = call.said().at("/requestBody/content/application~1json/example");
        return body.isMissingNode()
                ? request.method(call.method().toUpperCase(java.util.Locale.ROOT), BodyPublishers.noBody())
                : request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString()));
    }

    private String known(Call call, String name, String example) {
        if (!name.equals("id")) {
            return example;
        }
        boolean taken =
                call.path().startsWith("/api/v1/dead-letters") && !call.method().equals("get");
        return call.path().startsWith("/api/v1/notifications")
                ? notification
                : taken ? deadLetters.removeFirst() : deadLetters.getFirst();
    }

    private static int success(Call call) {
        return StreamSupport.stream(((Iterable<String>) call.said().path("responses")::fieldNames).spliterator(), false)
                .mapToInt(Integer::parseInt)
                .filter(status -> status < 300)
                .findFirst()
                .orElseThrow();
    }

    private void assertIsAsDocumented(Call call, HttpResponse<String> answer) throws IOException {
        var said = call.said().path("responses").path(Integer.toString(answer.statusCode()));
        var response = said.has("$ref") ? document.at(said.path("$ref").asText().substring(1)) : said;
        var content = response.path("content").properties();
        if (content.isEmpty()) {
            assertThat(answer.body()).as(call.toString()).isEmpty();
            return;
        }
        var documented = content.iterator().next();
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .as(call.toString())
                .startsWith(documented.getKey());
        if (documented.getKey().endsWith("json")) {
            var problems = schema(documented.getValue().path("schema")).validate(JSON.readTree(answer.body()));
            assertThat(problems).as("%s: %s", call, answer.body()).isEmpty();
        }
    }

    private com.networknt.schema.JsonSchema schema(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(whole);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
