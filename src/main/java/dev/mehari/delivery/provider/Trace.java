package dev.mehari.delivery.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Carries the trace to the receiver: {@code traceparent} (W3C Trace Context) when the trace has such an id. */
final class Trace {
    private Trace() {}

    /** @param span names this hop; the same for every attempt, so that a receiver sees one parent */
    static Map<String, String> headers(String traceId, String span) {
        boolean w3c = traceId.matches("[0-9a-f]{32}") && !traceId.matches("0+");
        if (w3c) {
            return Map.of("X-Trace-Id", traceId, "traceparent", "00-" + traceId + "-" + spanId(span) + "-01");
        }
        String printable = traceId.replaceAll("[^\\x21-\\x7E]", "");
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
