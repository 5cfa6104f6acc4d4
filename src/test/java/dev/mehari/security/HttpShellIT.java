package dev.mehari.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the HTTP side answers over the wire, whoever answers it: gate, Camel, Spring MVC, Tomcat. */
@AutoConfigureObservability(tracing = false)
@SpringBootTest(
        classes = ShellForTests.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "mehari.redis.url=redis://127.0.0.1:1",
            "mehari.security.api-keys=test:a-key-for-the-tests",
            "mehari.security.console-password=correct horse",
            "management.endpoint.health.validate-group-membership=false"
        })
class HttpShellIT {
    @TempDir
    static Path data;

    @LocalServerPort
    int port;

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void dataDir(DynamicPropertyRegistry registry) {
        registry.add("mehari.data-dir", data::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/plain",
                "application/x-java-serialized-object",
                "application/x-ndjson",
                ""
            })
    void door_getsTheRawBodyAndNoCredentials(String type) throws Exception {
        HttpRequest.Builder request = call("/api/v1/notifications").POST(BodyPublishers.ofString("{\"a\":1}&b"));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }

        assertThat(send(request).body()).isEqualTo(type + "||{\"a\":1}&b");
    }

    @Test
    void door_getsAChunkedBody() throws Exception {
        HttpRequest.Builder request = call("/api/v1/notifications")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("x".repeat(100_000))));

        assertThat(send(request).body()).hasSize(100_002);
    }

    @Test
    void longBody_isRefusedEvenWhenItsLengthIsNotSaid() throws Exception {
        HttpRequest.Builder request = call("/api/v1/notifications")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("x".repeat(300_000))));

        assertProblem(send(request), 413, "too-large");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/nix, 404, not-found",
        "DELETE, /api/echo, 405, method-not-allowed",
        "GET, /api/number, 400, bad-request",
        "GET, /api/number?n=x, 400, bad-parameter",
        "POST, /api/echo, 400, not-json",
        "GET, /api/broken, 500, internal-error",
        "GET, /api/missing, 404, not-found"
    })
    void failure_isAProblem(String method, String path, int status, String code) throws Exception {
        HttpResponse<String> answer = send(call(path).method(method, BodyPublishers.ofString("no json")));

        assertProblem(answer, status, code);
        assertThat(answer.body()).doesNotContain("secret thought", "Exception", "at dev.mehari");
    }

    @Test
    void problem_carriesTheCallersTrace() throws Exception {
        HttpResponse<String> answer = send(call("/api/nix").header("X-Trace-Id", "trade-17"));

        assertThat(json(answer).path("traceId").asText()).isEqualTo("trade-17");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /<x> HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "NONSENSE\r\n\r\n"
            })
    void malformedRequest_isAnsweredWithoutAWordAboutTheServer(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400").doesNotContainIgnoringCase("tomcat", "<html", "exception");
            assertThat(answer).contains("application/problem+json", "\"code\":\"bad-request\"");
        }
    }

    @Test
    void health_showsItsPartsAndNoDetails() throws Exception {
        HttpResponse<String> answer = send(request("/health"));

        assertThat(json(answer).path("status").asText()).isEqualTo("UP");
        assertThat(answer.body()).contains("\"components\"").doesNotContain("details");
        assertThat(send(request("/health/liveness")).statusCode()).isEqualTo(200);
        assertThat(send(request("/health/readiness")).statusCode()).isEqualTo(200);
    }

    @Test
    void metrics_areForThisMachineOrForAKey() throws Exception {
        assertThat(send(request("/metrics")).body()).contains("# TYPE jvm_memory_used_bytes");
        HttpResponse<String> proxied = send(request("/metrics").header("X-Forwarded-For", "10.0.0.7"));
        assertProblem(proxied, 401, "unauthorized");
        HttpResponse<String> withKey = send(call("/metrics").header("X-Forwarded-For", "10.0.0.7"));
        assertThat(withKey.statusCode()).isEqualTo(200);
    }

    @Test
    void console_asksPeopleForALoginAndProgramsForAPassword() throws Exception {
        HttpResponse<String> page = send(request("/hawtio/").header("Accept", "text/html"));
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location")).hasValue("/login");

        HttpResponse<String> program = send(request("/jolokia/version"));
        assertProblem(program, 401, "unauthorized");
        assertThat(program.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"Mehari console\"");
        assertThat(send(console("/jolokia/version", "wrong")).statusCode()).isEqualTo(401);
        assertThat(send(call("/hawtio/")).statusCode()).isEqualTo(401);
    }

    @Test
    void loginPage_letsAdminIn() throws Exception {
        HttpResponse<String> page = send(request("/login"));
        Matcher csrf = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(csrf.find()).isTrue();
        String form = "username=admin&password=correct+horse&_csrf=" + csrf.group(1);
        HttpRequest.Builder login = request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", "XSRF-TOKEN=" + csrf.group(1));

        HttpResponse<String> welcome = send(login.copy().POST(BodyPublishers.ofString(form)));
        assertThat(welcome.headers().firstValue("Location")).hasValue("/hawtio/");
        String session = welcome.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("MEHARI_SESSION="))
                .findFirst()
                .orElseThrow();
        assertThat(session).contains("HttpOnly", "SameSite=Strict");
        HttpRequest.Builder asAdmin = request("/hawtio/user").header("Cookie", session.split(";")[0]);
        assertThat(send(asAdmin).body()).isEqualTo("\"admin\"");

        HttpResponse<String> forged =
                send(login.copy().POST(BodyPublishers.ofString(form.replace("_csrf=", "_csrf=x"))));
        assertProblem(forged, 403, "forbidden");
    }

    @Test
    void jolokia_showsCamelAndNotWhatMayHoldSecrets() throws Exception {
        String routes = "/jolokia/read/org.apache.camel:context=*,type=routes,name=*/RouteId";
        assertThat(send(console(routes, "correct horse")).body()).contains("\"door\"");

        assertJolokia("/jolokia/read/java.lang:type=Runtime/SystemProperties", 403);
        assertJolokia("/jolokia/read/java.lang:type=Runtime/InputArguments", 403);
        assertJolokia("/jolokia/exec/com.sun.management:type=DiagnosticCommand/vmSystemProperties", 403);
        for (String hidden : List.of("com.sun.management:*", "*:type=tracer,*", "Tomcat:*")) {
            HttpResponse<String> found = send(console("/jolokia/search/" + hidden, "correct horse"));
            assertThat(json(found).path("value")).as(hidden).isEmpty();
        }
    }

    @Test
    void jolokia_masksWhatARouteShouldNotHaveHeld() throws Exception {
        String dump = "/jolokia/exec/org.apache.camel:context=mehari,type=routes,name=%22posting%22/dumpRouteAsXml()";
        HttpResponse<String> answer = send(console(dump, "correct horse"));

        assertThat(answer.body()).contains("posting").doesNotContain("AbCdefgh12");
    }

    @Test
    void jolokia_takesNoPostFromAStrangersPage() throws Exception {
        HttpRequest.Builder forged = console("/jolokia", "correct horse")
                .header("Origin", "http://evil.example")
                .POST(BodyPublishers.ofString("{\"type\":\"version\"}"));

        assertProblem(send(forged), 403, "forbidden");
        HttpRequest.Builder own = console("/jolokia", "correct horse")
                .header("Cookie", "XSRF-TOKEN=t")
                .header("X-XSRF-TOKEN", "t")
                .POST(BodyPublishers.ofString("{\"type\":\"version\"}"));
        assertThat(json(send(own)).path("status").asInt()).isEqualTo(200);
    }

    private void assertJolokia(String path, int status) throws Exception {
        HttpResponse<String> answer = send(console(path, "correct horse"));
        assertThat(json(answer).path("status").asInt()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("java.home");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) throws IOException {
        assertThat(answer.headers().firstValue("Content-Type"))
                .as(answer.body())
                .hasValue("application/problem+json");
        assertThat(json(answer).path("code").asText()).isEqualTo(code);
        assertThat(json(answer).path("status").asInt()).isEqualTo(status);
        assertThat(json(answer).path("traceId").asText()).isNotEmpty();
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder call(String path) {
        return request(path).header("Authorization", "Bearer a-key-for-the-tests");
    }

    private HttpRequest.Builder console(String path, String password) {
        String pair = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
        return request(path).header("Authorization", "Basic " + pair);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }
}
