package dev.mehari.delivery.provider;

import dev.mehari.http.SpanId;
import dev.mehari.http.TraceId;
import dev.mehari.notification.Notification;
import java.util.Map;
import java.util.regex.Pattern;

/** Carries the trace to the receiver: {@code traceparent} (W3C Trace Context) when the trace has such an id. */
final class Trace {
    static final String HEADER = "X-Trace-Id";

    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^\\x21-\\x7E]");

    private Trace() {}

    /** The same for every attempt, so that a receiver sees one parent: the delivery. */
    static Map<String, String> headers(Notification notification, String channel) {
        String traceId = notification.traceId();
        if (TraceId.isW3c(traceId)) {
            String span = SpanId.ofDelivery(notification.id(), channel);
            return Map.of(HEADER, traceId, "traceparent", "00-" + traceId + "-" + span + "-01");
        }
        String printable = printable(notification);
        return printable.isEmpty() ? Map.of() : Map.of(HEADER, printable);
    }

    /** The trace's id as a header may hold it; perhaps empty. */
    static String printable(Notification notification) {
        return NOT_PRINTABLE.matcher(notification.traceId()).replaceAll("");
    }
}
