package dev.mehari.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as an imitated provider gets it. Immutable; {@code body} must not be changed.
 *
 * @param path percent-encoded, without the query; within a {@link Simulator} without the {@code /sandbox/PROVIDER} prefix
 * @param query decoded; of a repeated name the last value counts
 * @param headers names in lower case; of a repeated name the last value counts
 * @param remote the caller's address, for limits that hold per address
 */
public record Request(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body,
        String remote) {

    /** A request from a raw target such as {@code /a/b?wait=true}; header names may have any case. */
    public static Request of(String method, String target, Map<String, String> headers, byte[] body, String remote) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        Map<String, String> lower = new LinkedHashMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return new Request(method, path, form(mark < 0 ? "" : target.substring(mark + 1)), lower, body, remote);
    }

    /** Reads {@code a=b&c=d} with percent-encoding and plus signs; what does not decode is taken as it stands. */
    public static Map<String, String> form(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                values.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /** The media type in lower case without parameters, or an empty string. */
    public String mediaType() {
        return header("content-type").orElse("").split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as JSON; a missing node when it is none. */
    public JsonNode json() {
        try {
            return Json.STRICT.readTree(body);
        } catch (java.io.IOException notJson) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    Request withPath(String shorter) {
        return new Request(method, shorter, query, headers, body, remote);
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return encoded;
        }
    }
}
