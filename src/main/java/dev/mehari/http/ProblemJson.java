package dev.mehari.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes errors as RFC 9457 asks, with {@code code}, {@code traceId} and {@code errors[]} added. Thread-safe. */
public final class ProblemJson {
    public static final String CONTENT_TYPE = "application/problem+json";

    private static final JsonFactory JSON = new JsonFactory();
    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not found"),
            Map.entry(405, "Method not allowed"),
            Map.entry(406, "Not acceptable"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content too large"),
            Map.entry(415, "Unsupported media type"),
            Map.entry(422, "Invalid content"),
            Map.entry(429, "Too many requests"),
            Map.entry(431, "Request header fields too large"),
            Map.entry(500, "Internal error"),
            Map.entry(503, "Service unavailable"));

    private ProblemJson() {}

    /**
     * The document's bytes, UTF-8.
     *
     * @param code the kebab-case word that programs look at
     * @param detail a sentence for people, without secrets, or null
     * @param errors one entry per invalid field; left out when empty
     */
    public static byte[] bytes(
            int status, String code, @Nullable String detail, @Nullable String traceId, List<InvalidField> errors) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", title(status));
            json.writeNumberField("status", status);
            json.writeStringField("code", code);
            if (detail != null) {
                json.writeStringField("detail", detail);
            }
            if (traceId != null) {
                json.writeStringField("traceId", traceId);
            }
            write(errors, json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Answers with a problem; the trace id is the request's own, or a new one. Does nothing when the answer has begun. */
    public static void send(
            HttpServletRequest request, HttpServletResponse response, int status, String code, @Nullable String detail)
            throws IOException {
        send(request, response, status, code, detail, List.of());
    }

    /** As above, with the invalid fields. */
    public static void send(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String code,
            @Nullable String detail,
            List<InvalidField> errors)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = bytes(status, code, detail, TraceId.of(request), errors);
        response.resetBuffer();
        response.setStatus(status);
        response.setContentType(CONTENT_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static String title(int status) {
        return TITLES.getOrDefault(status, status < 500 ? "Request refused" : "Server error");
    }

    /** The code for a status about which nothing more is known. */
    static String code(int status) {
        return title(status).toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
    }

    private static void write(List<InvalidField> errors, JsonGenerator json) throws IOException {
        if (errors.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("errors");
        for (InvalidField error : errors) {
            json.writeStartObject();
            json.writeStringField("pointer", error.pointer());
            json.writeStringField("detail", error.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
