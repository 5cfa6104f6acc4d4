package dev.mehari.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with a form, at which path: nested as since version 8, or flat as before. */
final class FormErrors {
    private final ObjectNode tree = JsonNodeFactory.instance.objectNode();

    void add(List<String> path, String code, String message) {
        ObjectNode node = tree;
        for (String step : path) {
            node = node.withObjectProperty(step);
        }
        node.withArrayProperty("_errors").addObject().put("code", code).put("message", message);
    }

    boolean isEmpty() {
        return tree.isEmpty();
    }

    ObjectNode nested() {
        return tree;
    }

    /** {@code {"content":["Must be ..."],"embeds":["0"]}}: sentences for a key itself, else the names of its bad parts. */
    ObjectNode flat() {
        ObjectNode flat = JsonNodeFactory.instance.objectNode();
        tree.properties().forEach(entry -> {
            boolean whole = entry.getKey().equals("_errors");
            JsonNode own = whole ? entry.getValue() : entry.getValue().path("_errors");
            ArrayNode list = flat.putArray(whole ? "_misc" : entry.getKey());
            own.forEach(error -> list.add(error.path("message").asText()));
            if (own.isMissingNode()) {
                entry.getValue().fieldNames().forEachRemaining(list::add);
            }
        });
        return flat;
    }

    /** The codes with their paths, for people: {@code embeds.0.title BASE_TYPE_MAX_LENGTH}. */
    String summary() {
        StringBuilder all = new StringBuilder();
        collect("", tree, all);
        return all.toString();
    }

    private static void collect(String path, JsonNode node, StringBuilder all) {
        node.properties().forEach(entry -> {
            if (entry.getKey().equals("_errors")) {
                String codes =
                        entry.getValue().findValuesAsText("code").stream().collect(Collectors.joining(", "));
                all.append(all.isEmpty() ? "" : "; ").append(path).append(' ').append(codes);
            } else {
                collect(path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), all);
            }
        });
    }
}
