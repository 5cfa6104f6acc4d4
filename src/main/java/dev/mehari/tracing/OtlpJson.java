package dev.mehari.tracing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Writes spans as an {@code ExportTraceServiceRequest} in OTLP's JSON form (opentelemetry-proto, docs/specification: ids
 * in hexadecimal, 64-bit numbers as text), packed by gzip. Immutable.
 */
final class OtlpJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int ERROR = 2;

    private final Map<String, Object> resource;

    /** @param resource attributes of this gateway, {@code service.name} among them */
    OtlpJson(Map<String, Object> resource) {
        this.resource = resource;
    }

    byte[] write(List<Span> spans) {
        var out = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(out);
                JsonGenerator json = JSON.createGenerator(packed)) {
            json.writeStartObject();
            json.writeArrayFieldStart("resourceSpans");
            json.writeStartObject();
            json.writeObjectFieldStart("resource");
            attributes(json, resource);
            json.writeEndObject();
            json.writeArrayFieldStart("scopeSpans");
            json.writeStartObject();
            json.writeObjectFieldStart("scope");
            json.writeStringField("name", "dev.mehari");
            json.writeEndObject();
            json.writeArrayFieldStart("spans");
            for (var span : spans) {
                span(json, span);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static void span(JsonGenerator json, Span span) throws IOException {
        json.writeStartObject();
        json.writeStringField("traceId", span.traceId());
        json.writeStringField("spanId", span.id());
        if (span.parent() != null) {
            json.writeStringField("parentSpanId", span.parent());
        }
        json.writeStringField("name", span.name());
        json.writeNumberField("kind", span.kind().number());
        json.writeStringField("startTimeUnixNano", nanos(span.start()));
        json.writeStringField("endTimeUnixNano", nanos(span.end()));
        attributes(json, span.attributes());
        if (span.error() != null) {
            json.writeObjectFieldStart("status");
            json.writeNumberField("code", ERROR);
            json.writeStringField("message", span.error());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void attributes(JsonGenerator json, Map<String, Object> attributes) throws IOException {
        json.writeArrayFieldStart("attributes");
        for (var attribute : attributes.entrySet()) {
            json.writeStartObject();
            json.writeStringField("key", attribute.getKey());
            json.writeObjectFieldStart("value");
            if (attribute.getValue() instanceof Long number) {
                json.writeStringField("intValue", Long.toString(number));
            } else {
                json.writeStringField("stringValue", attribute.getValue().toString());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String nanos(Instant instant) {
        return Long.toString(instant.getEpochSecond() * 1_000_000_000L + instant.getNano());
    }
}
