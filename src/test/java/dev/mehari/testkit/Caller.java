package dev.mehari.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** A producer or operator who calls the gateway with a key. Safe for use by many threads. */
public final class Caller {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI address;
    private final String key;

    /** @param key empty: calls without one */
    public Caller(URI address, String key) {
        this.address = address;
        this.key = key;
    }

    /** What came back. */
    public record Answer(int status, Map<String, String> headers, String text) {
        public JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(text, e);
            }
        }

        public String at(String pointer) {
            return json().at(pointer).asText();
        }
    }

    public String key() {
        return key;
    }

    public Caller withKey(String other) {
        return new Caller(address, other);
    }

    /** Sends one notification as most producers do. */
    public Answer notify(String json, String... headers) {
        return post("/api/v1/notifications", "application/json", json.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** @param contentType null: without one */
    public Answer post(String path, String contentType, byte[] body, String... headers) {
        return send(request(path, contentType, headers).POST(BodyPublishers.ofByteArray(body)));
    }

    /** Sends the body in chunks, its length untold. */
    public Answer postChunked(String path, String contentType, byte[] body) {
        BodyPublisher chunks = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
        return send(request(path, contentType).POST(chunks));
    }

    public Answer post(String path) {
        return send(request(path, null).POST(BodyPublishers.noBody()));
    }

    public Answer get(String path, String... headers) {
        return send(request(path, null, headers).GET());
    }

    private HttpRequest.Builder request(String path, String contentType, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(30));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
            return new Answer(response.statusCode(), headers, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
