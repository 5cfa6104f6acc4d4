package dev.mehari.tracing;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One span, as OpenTelemetry means it.
 *
 * @param traceId 32 hexadecimal digits; ids of spans have 16
 * @param attributes texts and whole numbers
 * @param error why it failed; null when it did not
 */
record Span(
        String traceId,
        String id,
        @Nullable String parent,
        String name,
        Kind kind,
        Instant start,
        Instant end,
        Map<String, Object> attributes,
        @Nullable String error) {

    /** By the numbers of {@code opentelemetry/proto/trace/v1/trace.proto}. */
    enum Kind {
        SERVER(2),
        CLIENT(3),
        CONSUMER(5);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }
}
