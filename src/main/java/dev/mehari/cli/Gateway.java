package dev.mehari.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The management API of one gateway. Every failure is a {@link Failure} with a sentence. Uses the JDK's plain connection:
 * it is ready in a tenth of the time that its newer client takes.
 */
final class Gateway {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int READ_MILLIS = 60_000;

    private final String address;
    private final @Nullable String key;

    /** @param address {@code http://127.0.0.1:8080}, without a slash at its end */
    Gateway(String address, @Nullable String key) {
        this.address = address;
        this.key = key;
    }

    String address() {
        return address;
    }

    JsonNode get(String path, Map<String, String> query) {
        return call("GET", path, query, null);
    }

    JsonNode get(String path) {
        return get(path, Map.of());
    }

    JsonNode post(String path, Map<String, String> query) {
        return call("POST", path, query, null);
    }

    JsonNode post(String path, JsonNode body) {
        return call("POST", path, Map.of(), body);
    }

    JsonNode post(String path, Map<String, String> query, JsonNode body) {
        return call("POST", path, query, body);
    }

    JsonNode delete(String path, Map<String, String> query) {
        return call("DELETE", path, query, null);
    }

    /** One part of a path, encoded: {@code a/b} stays one part. */
    static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode call(String method, String path, Map<String, String> query, @Nullable JsonNode body) {
        String parameters = query.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> part(entry.getKey()) + "=" + part(entry.getValue()))
                .collect(Collectors.joining("&"));
        try {
            return answer(open(method, path + (parameters.isEmpty() ? "" : "?" + parameters), body));
        } catch (IOException e) {
            throw Failure.notReached("The gateway at " + address + " does not answer (" + reason(e)
                    + "). Is it running? Start it with ./mvnw spring-boot:run, or name its address with --url or"
                    + " MEHARI_URL.");
        }
    }

    private HttpURLConnection open(String method, String path, @Nullable JsonNode body) throws IOException {
        var connection = (HttpURLConnection) URI.create(address + path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("User-Agent", "mehari-cli");
        if (key != null) {
            connection.setRequestProperty("Authorization", "Bearer " + key);
        }
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            try (OutputStream out = connection.getOutputStream()) {
                out.write(Json.line(body).getBytes(StandardCharsets.UTF_8));
            }
        }
        return connection;
    }

    private JsonNode answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        JsonNode body = read(connection, status);
        if (status >= 200 && status < 300) {
            if (body == null) {
                throw Failure.refused("What answers at " + address + " is no Mehari gateway: its answer is not JSON.");
            }
            return body;
        }
        throw Failure.refused(sentence(status, body), body == null ? MissingNode.getInstance() : body);
    }

    /** Null when it is not JSON. */
    private static @Nullable JsonNode read(HttpURLConnection connection, int status) throws IOException {
        try (InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            return in == null
                    ? MissingNode.getInstance()
                    : Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private String sentence(int status, @Nullable JsonNode problem) {
        if (status == 401 && key == null) {
            return "The gateway asks for an API key: set MEHARI_API_KEY, or run this where data/api-key lies.";
        }
        if (problem == null || problem.path("detail").asText("").isEmpty()) {
            return "The gateway at " + address + " answered " + status
                    + (status == 404 ? ": it does not know this call. It may be an older version." : ".");
        }
        StringBuilder sentence = new StringBuilder(problem.path("detail").asText());
        problem.path("errors")
                .forEach(error -> sentence.append("\n  ")
                        .append(error.path("pointer").asText(error.path("field").asText("")))
                        .append(": ")
                        .append(error.path("detail")
                                .asText(error.path("message").asText(""))));
        return sentence.toString();
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
