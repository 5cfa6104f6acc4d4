package dev.mehari.sandbox.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.sandbox.Json;
import dev.mehari.sandbox.Multipart;
import dev.mehari.sandbox.Request;
import dev.mehari.sandbox.telegram.TelegramAnswers.Refused;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a call, from the query, JSON, a form or multipart; and the files beside them. */
record TelegramCall(Map<String, String> parameters, List<Multipart.Part> files) {

    static TelegramCall read(Request request) throws Refused {
        Map<String, String> parameters = new LinkedHashMap<>(request.query());
        List<Multipart.Part> files = List.of();
        switch (request.mediaType()) {
            case "application/json" -> parameters.putAll(json(request));
            case "application/x-www-form-urlencoded" -> parameters.putAll(Request.form(request.text()));
            case "multipart/form-data" -> {
                Multipart body = Multipart.parse(request).orElseThrow(() -> new Refused("can't parse the request"));
                body.parts().stream()
                        .filter(part -> part.filename() == null)
                        .forEach(part -> parameters.put(part.name(), part.text()));
                files = body.files();
            }
            default -> {}
        }
        return new TelegramCall(parameters, files);
    }

    String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    Optional<Multipart.Part> file(String name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst();
    }

    /** A chat's number or public name; Telegram knows no other. */
    String chat() throws Refused {
        String chat = get("chat_id");
        if (chat.isBlank()) {
            throw new Refused("chat_id is empty");
        }
        if (!chat.matches("-?[1-9]\\d{0,18}|@[A-Za-z]\\w{3,31}")) {
            throw new Refused("chat not found");
        }
        return chat;
    }

    List<InboxMessage.File> kept() {
        return files.stream()
                .map(file -> new InboxMessage.File(String.valueOf(file.filename()), file.contentType(), file.bytes()))
                .toList();
    }

    private static Map<String, String> json(Request request) throws Refused {
        Map<String, String> parameters = new LinkedHashMap<>();
        try {
            JsonNode body = Json.STRICT.readTree(request.body());
            if (!body.isObject()) {
                throw new Refused("can't parse request body as JSON object");
            }
            body.properties().forEach(entry -> {
                JsonNode value = entry.getValue();
                if (!value.isNull()) {
                    parameters.put(entry.getKey(), value.isTextual() ? value.asText() : value.toString());
                }
            });
        } catch (IOException notJson) {
            throw new Refused("can't parse request body as JSON object");
        }
        return parameters;
    }
}
