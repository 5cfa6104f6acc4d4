package dev.mehari.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What {@code --data} takes: {@code KEY=VALUE} or a JSON object, as often as wanted. */
final class DataValues {
    static final String LABEL = "KEY=VALUE|JSON";
    static final String DESCRIPTION =
            "A value of its data, or an object of several. A number, true, false, a list or an object is taken "
                    + "as such, anything else as text. May be repeated.";

    private DataValues() {}

    /** Puts them under {@code data}; nothing when there are none. */
    static void put(ObjectNode body, List<String> given) {
        if (!given.isEmpty()) {
            ObjectNode values = body.putObject("data");
            given.forEach(one -> add(values, one));
        }
    }

    private static void add(ObjectNode values, String given) {
        if (given.startsWith("{")) {
            values.setAll(object(given));
            return;
        }
        int equals = given.indexOf('=');
        if (equals < 1) {
            throw Failure.usage("--data takes KEY=VALUE or a JSON object, not '" + given + "'.");
        }
        values.set(given.substring(0, equals), value(given.substring(equals + 1)));
    }

    private static ObjectNode object(String text) {
        try {
            return (ObjectNode) Json.read(text);
        } catch (JsonProcessingException e) {
            throw Failure.usage("--data is not JSON: " + e.getOriginalMessage() + ".");
        }
    }

    private static JsonNode value(String text) {
        try {
            JsonNode node = Json.read(text);
            return node.isMissingNode() || node.isTextual() ? Json.object().textNode(text) : node;
        } catch (JsonProcessingException plain) {
            return Json.object().textNode(text);
        }
    }
}
