package dev.mehari.sandbox.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mehari.sandbox.Sandbox;
import dev.mehari.sandbox.SandboxAddresses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** The sandbox in a real Tomcat, and nothing else of the gateway. */
class SandboxWebTest {
    private static final String EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();

    private static AnnotationConfigServletWebServerApplicationContext context;
    private final Sandbox sandbox = context.getBean(Sandbox.class);
    private final SandboxAddresses addresses = context.getBean(SandboxAddresses.class);

    @Configuration(proxyBeanMethods = false)
    @ComponentScan
    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class
    })
    static class SandboxAlone {}

    @BeforeAll
    static void start() {
        context = new AnnotationConfigServletWebServerApplicationContext();
        context.register(SandboxAlone.class);
        TestPropertyValues.of("server.address=127.0.0.1", "server.port=0", "mehari.sandbox.keep=3")
                .applyTo(context);
        context.refresh();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @BeforeEach
    void empty() {
        sandbox.inbox().clear();
        sandbox.faults().clear();
        sandbox.violations().clear();
    }

    @Test
    void discord_keepsTheMessage() throws Exception {
        HttpResponse<String> answer =
                send("POST", channel("one") + "?wait=true", "{\"content\":\"hi\",\"username\":\"Bot\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode message = get("/sandbox/api/messages?channel=one").path(0);
        assertThat(message.path("content").asText()).isEqualTo("hi");
        assertThat(message.path("username").asText()).isEqualTo("Bot");
        assertThat(message.at("/request/path").asText()).endsWith("/***");
        assertThat(message.path("id").asText())
                .isEqualTo(mapper.readTree(answer.body()).path("id").asText());
    }

    @Test
    void multipart_arrivesUntouched() throws Exception {
        String body = "--b\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a.png\"\r\n"
                + "Content-Type: image/png\r\n\r\nPNG\r\n--b--\r\n";
        HttpResponse<String> answer =
                send("POST", channel("two"), body, "Content-Type", "multipart/form-data; boundary=b");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        String file =
                get("/sandbox/api/messages?channel=two").at("/0/files/0/url").asText();
        HttpResponse<String> picture = send("GET", root().resolve(file).toString(), "");
        assertThat(picture.body()).isEqualTo("PNG");
        assertThat(picture.headers().firstValue("content-type")).contains("image/png");
    }

    @Test
    void limits_holdHereToo() throws Exception {
        Stream<Integer> statuses =
                Stream.of(1, 2, 3, 4, 5, 6).map(i -> status("POST", channel("three"), "{\"content\":\"a\"}"));

        assertThat(statuses).containsExactly(204, 204, 204, 204, 204, 429);
        assertThat(get("/sandbox/api/violations").at("/0/kind").asText()).isEqualTo("rate-limited");
        assertThat(get("/sandbox/api/messages?channel=three")).as("keeps three").hasSize(3);
        assertThat(get("/sandbox/api/channels").findValuesAsText("received")).contains("5");
        assertThat(get("/sandbox/api/messages")).as("of all channels").hasSize(3);
    }

    @Test
    void fault_isSwitchedOnAndOff() throws Exception {
        String faults = root() + "sandbox/api/faults/four";
        assertThat(status("PUT", faults, "{\"kind\":\"status\",\"status\":503}"))
                .isEqualTo(204);
        assertThat(status("POST", channel("four"), "{\"content\":\"a\"}")).isEqualTo(503);
        assertThat(get("/sandbox/api/faults").at("/four/kind").asText()).isEqualTo("status");
        assertThat(status("DELETE", faults, "")).isEqualTo(204);
        assertThat(status("POST", channel("four"), "{\"content\":\"a\"}")).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"kind\":\"nonsense\"}", "{\"kind\":\"status\"}", "[", "{\"kind\":\"flaky\",\"rate\":3}"
            })
    void nonsenseFault_isRefusedWithAReason(String fault) throws Exception {
        HttpResponse<String> answer = send("PUT", root() + "sandbox/api/faults/five", fault);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).containsAnyOf("kind", "status", "rate");
    }

    @Test
    void torn_isTornInTomcatToo() throws Exception {
        send("PUT", root() + "sandbox/api/faults/six", "{\"kind\":\"reset\",\"times\":20}");

        assertThatThrownBy(() -> send("POST", channel("six"), "{\"content\":\"a\"}"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void secretHeaders_areMasked() throws Exception {
        send("POST", addresses.urlOf("seven", "webhook").toString(), "x", "Authorization", "Bearer hush");

        assertThat(get("/sandbox/api/messages?channel=seven").toString())
                .doesNotContain("hush")
                .contains("***");
        assertThat(sandbox.inbox().messages("seven").getFirst().request().headers())
                .containsEntry("authorization", "Bearer hush");
    }

    @ParameterizedTest
    @CsvSource({
        "sandbox, text/html",
        "sandbox/, text/html",
        "sandbox/assets/sandbox.css, text/css",
        "sandbox/assets/sandbox.js, text/javascript",
        "sandbox/assets/dom.js, text/javascript",
        "sandbox/assets/markdown.js, text/javascript",
        "sandbox/assets/discord.js, text/javascript",
        "sandbox/assets/providers.js, text/javascript",
        "sandbox/assets/camel.svg, image/svg+xml"
    })
    void page_isServedUnderAStrictPolicy(String path, String type) throws Exception {
        HttpResponse<String> answer = send("GET", root() + path, "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith(type);
        assertThat(answer.headers().firstValue("content-security-policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self';")
                .doesNotContain("unsafe-inline");
        assertThat(answer.body())
                .doesNotContain("innerHTML", "insertAdjacentHTML", "document.write", " style=\"", "eval(");
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "..%2Findex.html", "nothing.js", "../application.yaml"})
    void otherFiles_areNotServed(String name) throws Exception {
        assertThat(send("GET", root() + "sandbox/assets/" + name, "").statusCode())
                .isIn(400, 404);
    }

    @Test
    void markup_staysTextInJson() throws Exception {
        send(
                "POST",
                channel("eight"),
                mapper.createObjectNode().put("content", EVIL).toString());
        HttpResponse<String> answer = send("GET", root() + "sandbox/api/messages?channel=eight", "");

        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/json");
        assertThat(mapper.readTree(answer.body()).at("/0/content").asText()).isEqualTo(EVIL);
    }

    @Test
    void events_tellOfANewMessage() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(root().resolve("/sandbox/api/events")).build();
        HttpResponse<Stream<String>> events = client.send(request, HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = events.body()) {
            var line = lines.iterator();
            assertThat(line.next()).isEqualTo("event:ready");
            send("POST", channel("nine"), "{\"content\":\"now\"}");
            String next = line.next();
            while (!next.contains("\"content\":\"now\"")) {
                next = line.next();
            }
            assertThat(next).startsWith("data:{").contains("\"channel\":\"nine\"");
        }
    }

    private String channel(String name) {
        return addresses.urlOf(name, "discord").toString();
    }

    private URI root() {
        return addresses.urlOf("root", "discord").resolve("/");
    }

    private JsonNode get(String path) throws Exception {
        return mapper.readTree(send("GET", root().resolve(path).toString(), "").body());
    }

    private int status(String method, String url, String body) {
        try {
            return send(method, url, body).statusCode();
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private HttpResponse<String> send(String method, String url, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .setHeader("User-Agent", "DiscordBot (https://example.org, 1)")
                .setHeader("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
