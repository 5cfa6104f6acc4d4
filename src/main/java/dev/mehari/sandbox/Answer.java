package dev.mehari.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an imitated provider answers, and how the line behaves while it does. Immutable.
 *
 * @param delay the caller waits this long before the first byte
 * @param reset the connection is torn down without a byte of an answer
 */
public record Answer(int status, Map<String, String> headers, byte[] body, Duration delay, boolean reset) {
    private static final byte[] NOTHING = {};

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), NOTHING, Duration.ZERO, false);
    }

    public static Answer json(int status, JsonNode body) {
        return empty(status).with("Content-Type", "application/json").withBody(Json.bytes(body));
    }

    public static Answer text(int status, String type, String body) {
        return empty(status).with("Content-Type", type).withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer torn() {
        return new Answer(0, Map.of(), NOTHING, Duration.ZERO, true);
    }

    public Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, value);
        return new Answer(status, more, body, delay, reset);
    }

    public Answer with(Map<String, String> more) {
        Answer answer = this;
        for (var header : more.entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    public Answer after(Duration wait) {
        return new Answer(status, headers, body, wait, reset);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    private Answer withBody(byte[] other) {
        return new Answer(status, headers, other, delay, reset);
    }
}
