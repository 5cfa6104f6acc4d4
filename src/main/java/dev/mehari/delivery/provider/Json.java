package dev.mehari.delivery.provider;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.notification.NotificationJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** JSON as providers speak it: strict when we write, forgiving when we read. */
final class Json {
    static final ObjectMapper MAPPER =
            JsonMapper.builder(NotificationJson.buffersForAll().build()).build();

    private static final int ROOM = 1024;

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Half a surrogate pair in somebody's text becomes a question mark: it has no UTF-8 form. */
    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Writes a value, with its braces. */
    interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    /** The same without a tree in between. */
    static byte[] bytes(Writing writing) {
        var text = new StringWriter(ROOM);
        try (var json = MAPPER.createGenerator(text)) {
            writing.to(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The body as a tree; a missing node when it is no JSON. */
    static JsonNode read(byte[] body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }
}
