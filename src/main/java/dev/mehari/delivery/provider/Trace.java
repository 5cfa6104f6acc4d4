package dev.mehari.delivery.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/** Carries the trace to the receiver: {@code traceparent} (W3C Trace Context) when the trace has such an id. */
final class Trace {
    private static final Pattern W3C = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^\\x21-\\x7E]");

    private Trace() {}

    /** @param span names this hop; the same for every attempt, so that a receiver sees one parent */
    static Map<String, String> headers(String traceId, String span) {
        if (W3C.matcher(traceId).matches()) {
            return Map.of("X-Trace-Id", traceId, "traceparent", "00-" + traceId + "-" + spanId(span) + "-01");
        }
        String printable = NOT_PRINTABLE.matcher(traceId).replaceAll("");
        return printable.isEmpty() ? Map.of() : Map.of("X-Trace-Id", printable);
    }

    private static String spanId(String span) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(span.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
