package dev.mehari.ingest;

import dev.mehari.notification.Draft;
import dev.mehari.notification.NotificationJson;
import dev.mehari.notification.NotificationReader;
import dev.mehari.notification.RejectedInput;
import dev.mehari.notification.RejectedInput.Reason;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Understands a body whatever content type it came with: JSON under any name (curl's form default, text/plain, none), and
 * real forms. Stateless.
 */
final class BodyReader {
    private final NotificationReader reader = new NotificationReader();

    /** @throws RejectedInput with the reason it is not understood */
    Draft read(byte[] body, @Nullable String contentType) {
        return isForm(body, contentType) ? reader.form(form(body)) : reader.read(utf8(body, contentType));
    }

    NotificationReader reader() {
        return reader;
    }

    /** The bytes as UTF-8. */
    static byte[] utf8(byte[] body, @Nullable String contentType) {
        var type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/") || type.contains("xml") && !looksLikeJson(body)) {
            throw new RejectedInput(
                    Reason.UNSUPPORTED,
                    "Send JSON (Content-Type: application/json); " + firstWord(type) + " is not read.");
        }
        int charset = type.indexOf("charset=");
        if (charset < 0) {
            return body;
        }
        var name = firstWord(type.substring(charset + 8).replace("\"", ""));
        try {
            var given = Charset.forName(name);
            return given.equals(StandardCharsets.UTF_8)
                    ? body
                    : new String(body, given).getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RejectedInput(Reason.UNSUPPORTED, "The charset of the content type is not known; send UTF-8.");
        }
    }

    private static boolean isForm(byte[] body, @Nullable String contentType) {
        return contentType != null
                && contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")
                && !looksLikeJson(body);
    }

    private static boolean looksLikeJson(byte[] body) {
        for (byte value : body) {
            if (value > ' ') {
                return value == '{' || value == '[' || value == '"';
            }
        }
        return true;
    }

    /** {@code type=trade.opened&data.symbol=BTC}: dots lead into {@code data}. */
    private static Map<String, Object> form(byte[] body) {
        var document = new LinkedHashMap<String, Object>();
        var data = new LinkedHashMap<String, Object>();
        for (var pair : new String(body, StandardCharsets.UTF_8).trim().split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new RejectedInput(
                        Reason.NOT_JSON,
                        "The body is neither JSON nor a form; send a JSON object with at least a type.");
            }
            var name = decode(pair.substring(0, equals));
            var value = decode(pair.substring(equals + 1));
            if (name.startsWith("data.")) {
                data.put(name.substring(5), value);
            } else if (name.equals("data")) {
                document.put(name, json(value));
            } else {
                document.put(name, value);
            }
        }
        if (!data.isEmpty()) {
            if (document.get("data") instanceof Map<?, ?> whole) {
                whole.forEach((key, value) -> data.putIfAbsent(String.valueOf(key), value));
            }
            document.put("data", data);
        }
        return document;
    }

    private static Object json(String value) {
        try {
            return NotificationJson.MAPPER.readValue(value, Object.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return value;
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RejectedInput(Reason.NOT_JSON, "The body is neither JSON nor a well-formed form.");
        }
    }

    private static String firstWord(String type) {
        return type.split("[;\\s]", 2)[0];
    }
}
