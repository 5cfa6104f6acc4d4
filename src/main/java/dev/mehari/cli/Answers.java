package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;
import java.util.TreeSet;

/** Where the parts of the history's answers stand. */
final class Answers {
    private Answers() {}

    /** The list itself, or the list under the name. */
    static JsonNode items(JsonNode answer, String name) {
        return answer.isArray() ? answer : answer.path(name);
    }

    static JsonNode notification(JsonNode found) {
        return found.path("notification").isObject() ? found.path("notification") : found;
    }

    static String states(JsonNode found) {
        if (found.path("state").isTextual()) {
            return found.path("state").asText();
        }
        var states = new TreeSet<String>();
        found.path("deliveries")
                .forEach(delivery -> states.add(delivery.path("state").asText()));
        return states.isEmpty() ? "-" : String.join(", ", states);
    }

    static String channels(JsonNode found) {
        String named = Texts.list(found.path("channels"));
        if (!named.isEmpty()) {
            return named;
        }
        var channels = new StringJoiner(", ");
        found.path("deliveries")
                .forEach(delivery -> channels.add(delivery.path("channel").asText()));
        return channels.length() == 0 ? Texts.text(found.path("channel")) : channels.toString();
    }
}
