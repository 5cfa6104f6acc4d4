package dev.mehari.sandbox.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.sandbox.Multipart;
import dev.mehari.sandbox.Request;
import dev.mehari.sandbox.telegram.TelegramAnswers.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The limits of texts, captions, files and albums, from the Bot API; lengths are UTF-16 units after parsing. */
final class TelegramRules {
    private TelegramRules() {}

    static void text(TelegramCall call, String name, int most, String tooLong) throws Refused {
        String plain =
                TelegramEntities.plain(call.get(name), call.get("parse_mode")).strip();
        if (plain.isEmpty() && name.equals("text")) {
            throw new Refused("message text is empty");
        }
        if (plain.length() > most) {
            throw new Refused(tooLong);
        }
    }

    static void media(TelegramCall call, String kind, String named, int most) throws Refused {
        text(call, "caption", 1024, "message caption is too long");
        String name = named.startsWith("attach://") ? named.substring("attach://".length()) : kind;
        var file = call.file(name);
        if (file.isEmpty() && (named.isEmpty() || named.startsWith("attach://"))) {
            throw new Refused("there is no " + kind + " in the request");
        }
        if (file.isPresent() && file.get().bytes().length > most) {
            throw new Refused("file is too big");
        }
        if (file.isPresent() && kind.equals("photo")) {
            picture(file.get());
        }
    }

    /** What calls itself a photo must be one: JPEG, PNG, GIF, BMP or WebP. */
    private static void picture(Multipart.Part file) throws Refused {
        String start = new String(file.bytes(), 0, Math.min(12, file.bytes().length), StandardCharsets.ISO_8859_1);
        boolean known =
                Stream.of("\u00FF\u00D8\u00FF", "\u0089PNG", "GIF8", "BM").anyMatch(start::startsWith)
                        || start.startsWith("RIFF") && start.endsWith("WEBP");
        if (!known) {
            throw new Refused("IMAGE_PROCESS_FAILED");
        }
    }

    static void group(TelegramCall call) throws Refused {
        JsonNode media = json(call.get("media"));
        if (media.size() < 2 || media.size() > 10) {
            throw new Refused(
                    media.size() > 10
                            ? "too many messages to send as an album"
                            : "expected an Array of 2 to 10 InputMedia");
        }
        List<String> kinds = media.findValuesAsText("type");
        if (kinds.contains("document") && kinds.stream().distinct().count() > 1) {
            throw new Refused("document can't be mixed with other media types");
        }
        for (JsonNode item : media) {
            String name = item.path("media").asText("").replaceFirst("^attach://", "");
            if (item.path("media").asText("").startsWith("attach://")
                    && call.file(name).isEmpty()) {
                throw new Refused("wrong file_id or the file is temporarily unavailable");
            }
            if (item.path("type").asText("").equals("photo") && call.file(name).isPresent()) {
                picture(call.file(name).get());
            }
            String caption = TelegramEntities.plain(
                    item.path("caption").asText(""), item.path("parse_mode").asText(""));
            if (caption.length() > 1024) {
                throw new Refused("message caption is too long");
            }
        }
    }

    static JsonNode json(String media) throws Refused {
        JsonNode array = Request.of("POST", "/", Map.of(), media.getBytes(StandardCharsets.UTF_8), "")
                .json();
        if (!array.isArray()) {
            throw new Refused("can't parse media JSON object");
        }
        return array;
    }
}
