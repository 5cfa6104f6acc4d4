package dev.mehari.tracing;

import dev.mehari.history.DeliveryWatcher.Request;
import dev.mehari.history.DeliveryWatcher.Step;
import dev.mehari.http.SpanId;
import dev.mehari.http.TraceId;
import dev.mehari.tracing.Span.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of what happened to deliveries: {@code accept} from the door to the lane, {@code deliver} from the lane's
 * entry to the end, and under it {@code attempt} for each request to a provider. A copy for a fallback channel hangs under
 * the delivery that it stands in for. For one thread.
 */
final class DeliverySpans {
    private static final int REMEMBERED = 10_000;
    private static final Set<String> FAILED = Set.of("dead", "expired");

    /** A notification for several channels was accepted once. */
    private final Set<String> accepted = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    List<Span> of(List<Step> steps) {
        var spans = new ArrayList<Span>();
        for (var step : steps) {
            if (step.event().equals("queued") && first(step) && accepted.add(step.notificationId())) {
                spans.add(accept(step));
            }
            var took = step.took();
            if (took != null) {
                spans.add(attempt(step, took));
            }
            if (step.isFinal()) {
                spans.add(deliver(step));
            }
        }
        return spans;
    }

    private static boolean first(Step step) {
        return step.replay().isEmpty() && step.divertedFrom() == null;
    }

    private static Span accept(Step step) {
        return span(step, acceptId(step), null, "accept " + step.type(), Kind.SERVER, step.acceptedAt(), step.at())
                .build(null);
    }

    private static Span deliver(Step step) {
        var from = step.divertedFrom();
        var parent = from == null ? acceptId(step) : SpanId.ofDelivery(step.notificationId(), from);
        return span(
                        step,
                        deliveryId(step),
                        parent,
                        "deliver " + step.channel(),
                        Kind.CONSUMER,
                        step.queuedAt(),
                        step.at())
                .with("mehari.state", step.event())
                .with("mehari.attempts", (long) step.attempts())
                .with("mehari.diverted_from", from)
                .with("mehari.replay", step.replay())
                .build(FAILED.contains(step.event()) ? reason(step) : null);
    }

    private static Span attempt(Step step, Request took) {
        var id = SpanId.of(step.notificationId() + "@" + step.channel() + "#" + step.place());
        var start = step.at().minusMillis(took.millis());
        boolean delivered = took.outcome().equals("delivered");
        return span(step, id, deliveryId(step), "attempt " + step.channel(), Kind.CLIENT, start, step.at())
                .with("mehari.outcome", took.outcome())
                .with("http.response.status_code", took.status() == null ? null : (long) took.status())
                .build(delivered ? null : reason(step));
    }

    private static String acceptId(Step step) {
        return SpanId.of(step.notificationId());
    }

    /** A replay is a delivery of its own. */
    private static String deliveryId(Step step) {
        return step.replay().isEmpty()
                ? SpanId.ofDelivery(step.notificationId(), step.channel())
                : SpanId.of(step.notificationId() + "@" + step.channel() + "~" + step.replay());
    }

    private static String reason(Step step) {
        var detail = step.detail();
        return detail == null ? step.event() : detail;
    }

    private static Draft span(
            Step step, String id, @Nullable String parent, String name, Kind kind, Instant start, Instant end) {
        var trace = TraceId.isW3c(step.traceId()) ? step.traceId() : SpanId.trace(step.traceId());
        // Two clocks are at work, the gateway's and Redis': a span must not end before it begins.
        var draft = new Draft(trace, id, parent, name, kind, start.isAfter(end) ? end : start, end);
        return draft.with("mehari.notification", step.notificationId())
                .with("mehari.type", step.type())
                .with("mehari.source", step.source())
                .with("mehari.channel", parent == null ? null : step.channel())
                .with("mehari.trace_id", trace.equals(step.traceId()) ? null : step.traceId());
    }

    private record Draft(
            String trace,
            String id,
            @Nullable String parent,
            String name,
            Kind kind,
            Instant start,
            Instant end,
            Map<String, Object> attributes) {

        Draft(String trace, String id, @Nullable String parent, String name, Kind kind, Instant start, Instant end) {
            this(trace, id, parent, name, kind, start, end, new LinkedHashMap<>());
        }

        Draft with(String name, @Nullable Object value) {
            if (value != null && !value.equals("")) {
                attributes.put(name, value);
            }
            return this;
        }

        Span build(@Nullable String error) {
            return new Span(trace, id, parent, name, kind, start, end, attributes, error);
        }
    }
}
