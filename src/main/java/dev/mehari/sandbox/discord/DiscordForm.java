package dev.mehari.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.sandbox.Json;
import dev.mehari.sandbox.Multipart;
import dev.mehari.sandbox.Request;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a request carries: the message as JSON and the files beside it, from any of the content types Discord takes. */
record DiscordForm(JsonNode payload, List<Multipart.Part> files) {
    private static final Pattern NUMBER = Pattern.compile("files?\\[?(\\d*)]?");

    /** The body is none of what its content type says. */
    static final class Unreadable extends Exception {
        Unreadable() {
            super("not JSON");
        }
    }

    /** The content type is none that Discord takes. */
    static final class UnknownType extends Exception {
        UnknownType() {
            super("content type");
        }
    }

    static DiscordForm read(Request request) throws Unreadable, UnknownType {
        return switch (request.mediaType()) {
            case "application/json" -> new DiscordForm(json(request.body()), List.of());
            case "application/x-www-form-urlencoded" ->
                new DiscordForm(fields(Request.form(request.text())), List.of());
            case "multipart/form-data" -> multipart(Multipart.parse(request).orElseThrow(Unreadable::new));
            default -> throw new UnknownType();
        };
    }

    Set<String> filenames() {
        return files.stream().map(file -> String.valueOf(file.filename())).collect(Collectors.toSet());
    }

    /** The n of each {@code files[n]}. */
    Set<String> fileNumbers() {
        return files.stream().map(file -> number(file.name())).collect(Collectors.toSet());
    }

    List<InboxMessage.File> kept() {
        return files.stream()
                .map(file -> new InboxMessage.File(String.valueOf(file.filename()), file.contentType(), file.bytes()))
                .toList();
    }

    String description(int index) {
        String number = number(files.get(index).name());
        for (JsonNode attachment : payload.path("attachments")) {
            if (attachment.path("id").asText().equals(number)) {
                return attachment.path("description").asText("");
            }
        }
        return "";
    }

    private static DiscordForm multipart(Multipart body) throws Unreadable {
        var payload = body.part("payload_json");
        Map<String, String> plain = body.parts().stream()
                .filter(part -> part.filename() == null)
                .collect(Collectors.toMap(Multipart.Part::name, Multipart.Part::text, (first, last) -> last));
        return new DiscordForm(payload.isPresent() ? json(payload.get().bytes()) : fields(plain), body.files());
    }

    private static JsonNode fields(Map<String, String> fields) throws Unreadable {
        if (fields.containsKey("payload_json")) {
            return json(fields.get("payload_json").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        fields.forEach(payload::put);
        return payload;
    }

    private static JsonNode json(byte[] bytes) throws Unreadable {
        try {
            JsonNode node = Json.STRICT.readTree(bytes);
            if (node.isMissingNode()) {
                throw new Unreadable();
            }
            return node;
        } catch (IOException notJson) {
            throw new Unreadable();
        }
    }

    private static String number(String part) {
        Matcher number = NUMBER.matcher(part);
        return number.matches() && !number.group(1).isEmpty() ? number.group(1) : "0";
    }
}
