package dev.mehari.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.mehari.channel.Channels;
import dev.mehari.channel.Puts;
import dev.mehari.http.Caller;
import dev.mehari.http.InvalidField;
import dev.mehari.http.ProblemJson;
import dev.mehari.http.TraceId;
import dev.mehari.ingest.Intake.Stamped;
import dev.mehari.notification.Draft;
import dev.mehari.notification.FieldError;
import dev.mehari.notification.NotificationJson;
import dev.mehari.notification.RejectedInput;
import dev.mehari.notification.RejectedInput.Reason;
import dev.mehari.redis.RedisAway;
import dev.mehari.routing.Routing;
import dev.mehari.routing.Routing.Request;
import dev.mehari.security.Quotas;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP door, called from {@link HttpDoorRoutes}: what a request asks for becomes notifications on their way, and the
 * answer is written when they are durable. Every refusal is problem+json and leaves nothing behind.
 */
class HttpDoor {
    static final String SOURCE = "http";
    private static final String STAMPED = "MehariStamped";
    private static final String LINES = "MehariLines";
    private static final Map<String, Object> QUEUE_AWAY =
            Map.of("code", "queue-away", "detail", "The lanes are not reached. Send this one again.");

    private final BodyReader bodies = new BodyReader();
    private final Intake intake;
    private final Routing routing;
    private final Channels channels;
    private final Quotas quotas;
    private final IntakeMeters meters;
    private final int maxBatch;

    HttpDoor(Intake intake, Routing routing, Channels channels, Quotas quotas, IntakeMeters meters, int maxBatch) {
        this.intake = intake;
        this.routing = routing;
        this.channels = channels;
        this.quotas = quotas;
        this.meters = meters;
        this.maxBatch = maxBatch;
    }

    /** Makes the exchange ready for {@code direct:notify}, or answers a refusal and stops the route. */
    void accept(Exchange exchange) {
        var call = Call.of(exchange);
        try {
            if (overQuota(exchange, 1, call)) {
                return;
            }
            var draft = checked(bodies.read(call.body(), call.contentType()), call);
            var stamped = intake.stamp(draft, SOURCE);
            exchange.setProperty(STAMPED, stamped);
            Routing.prepare(exchange, new Request(stamped.notification(), stamped.channel()), new Puts(false));
        } catch (RejectedInput rejected) {
            refuse(exchange, rejected, call);
        } catch (RedisAway away) {
            away(exchange, call.traceId());
        }
    }

    /** Waits for the lanes, and answers. */
    void answer(Exchange exchange) {
        var stamped = exchange.getProperty(STAMPED, Stamped.class);
        try {
            var to = routing.await(stamped.notification(), exchange.getProperty(Puts.PROPERTY, Puts.class));
            meters.accepted(SOURCE, stamped.duplicate());
            answer(exchange, 202, Accepted.of(stamped, to));
        } catch (RedisAway away) {
            away(exchange, stamped.notification().traceId());
        }
    }

    /** Takes a batch: the body becomes a list of {@link Request}s, what is wrong with others is kept for the answer. */
    void acceptBatch(Exchange exchange) {
        var call = Call.of(exchange);
        try {
            var documents = bodies.reader().readBatch(BodyReader.utf8(call.body(), call.contentType()), maxBatch);
            if (overQuota(exchange, documents.size(), call)) {
                return;
            }
            var lines = stamp(documents, call);
            exchange.setProperty(LINES, lines);
            exchange.setProperty(Puts.PROPERTY, new Puts(false));
            exchange.getMessage()
                    .setBody(lines.stream()
                            .filter(Stamped.class::isInstance)
                            .map(Stamped.class::cast)
                            .map(one -> new Request(one.notification(), one.channel()))
                            .toList());
        } catch (RejectedInput rejected) {
            refuse(exchange, rejected, call);
        } catch (RedisAway away) {
            away(exchange, call.traceId());
        }
    }

    /** Prepares one line of a batch for {@code direct:notify}. */
    void acceptLine(Exchange exchange) {
        var puts = exchange.getProperty(Puts.PROPERTY, Puts.class);
        Routing.prepare(exchange, exchange.getMessage().getBody(Request.class), puts);
    }

    void answerBatch(Exchange exchange) {
        var puts = exchange.getProperty(Puts.PROPERTY, Puts.class);
        var results = new ArrayList<Object>();
        int accepted = 0;
        for (var line : exchange.getProperty(LINES, List.class)) {
            var result = line instanceof Stamped stamped ? result(stamped, puts) : result((RejectedInput) line);
            results.add(result);
            accepted += result instanceof Accepted ? 1 : 0;
        }
        if (accepted == 0 && results.contains(QUEUE_AWAY)) {
            away(exchange, null);
        } else {
            answer(
                    exchange,
                    202,
                    Map.of("accepted", accepted, "rejected", results.size() - accepted, "results", results));
        }
    }

    private List<Object> stamp(List<Object> documents, Call call) {
        var drafts = new ArrayList<Draft>();
        var lines = new ArrayList<>();
        for (var document : documents) {
            try {
                drafts.add(
                        document instanceof RejectedInput bad
                                ? fail(bad)
                                : checked(bodies.reader().draft(document), call.forLine()));
                lines.add(drafts.size() - 1);
            } catch (RejectedInput rejected) {
                meters.rejected(SOURCE, rejected.reason());
                lines.add(rejected);
            }
        }
        var stamped = intake.stampAll(drafts, SOURCE);
        lines.replaceAll(line -> line instanceof Integer index ? stamped.get(index) : line);
        return lines;
    }

    private static Draft fail(RejectedInput bad) {
        throw bad;
    }

    private Draft checked(Draft draft, Call call) {
        if (call.idempotencyKey() != null && call.idempotencyKey().length() > Call.LONGEST_KEY) {
            throw new RejectedInput(
                    Reason.INVALID,
                    "The Idempotency-Key header must have at most " + Call.LONGEST_KEY + " characters.");
        }
        return known(draft, channels).withDefaults(call.idempotencyKey(), call.traceId());
    }

    /** The draft itself, when the channel it names, if any, exists. */
    static Draft known(Draft draft, Channels channels) {
        if (draft.channel() != null && channels.find(draft.channel()).isEmpty()) {
            var error = new FieldError("/channel", "names no channel of config/channels.yaml.");
            throw new RejectedInput(Reason.INVALID, "/channel " + error.detail(), List.of(error));
        }
        return draft;
    }

    private Object result(Stamped stamped, Puts puts) {
        try {
            var to = routing.await(stamped.notification(), puts);
            meters.accepted(SOURCE, stamped.duplicate());
            return Accepted.of(stamped, to);
        } catch (RedisAway away) {
            return QUEUE_AWAY;
        }
    }

    private static Map<String, Object> result(RejectedInput rejected) {
        return Map.of(
                "code", rejected.reason().code(),
                "detail", String.valueOf(rejected.getMessage()),
                "errors", rejected.errors());
    }

    /** The answer for one that is durable. */
    private record Accepted(String id, String traceId, Collection<String> channels, boolean duplicate) {
        static Accepted of(Stamped stamped, Collection<String> channels) {
            var notification = stamped.notification();
            return new Accepted(notification.id(), notification.traceId(), channels, stamped.duplicate());
        }
    }

    private void refuse(Exchange exchange, RejectedInput rejected, Call call) {
        meters.rejected(SOURCE, rejected.reason());
        var errors = rejected.errors().stream()
                .map(error -> new InvalidField(error.pointer(), error.detail()))
                .toList();
        problem(
                exchange,
                rejected.reason().status(),
                ProblemJson.bytes(
                        rejected.reason().status(),
                        rejected.reason().code(),
                        rejected.getMessage(),
                        orNew(call.traceId()),
                        errors));
    }

    /** Answers 429 when the caller's key has not as many left; nothing of a batch is taken then. */
    private boolean overQuota(Exchange exchange, int count, Call call) {
        var wait = quotas.take(exchange.getProperty(Caller.PROPERTY, String.class), count);
        if (wait == null) {
            return false;
        }
        meters.overQuota(SOURCE);
        var detail = count > quotas.most()
                ? "The batch is longer than the key's whole quota of " + quotas.most() + "; send shorter ones."
                : "The key's quota is used up; nothing of this was taken. Send it again after Retry-After.";
        problem(exchange, 429, ProblemJson.bytes(429, "quota-used-up", detail, orNew(call.traceId()), List.of()));
        exchange.getMessage().setHeader("Retry-After", Long.toString(wait.toSeconds() + 1));
        return true;
    }

    private static void away(Exchange exchange, @Nullable String traceId) {
        var detail = "The message was not stored, because Redis is not reached. Send it again.";
        problem(exchange, 503, ProblemJson.bytes(503, "queue-away", detail, orNew(traceId), List.of()));
        exchange.getMessage().setHeader("Retry-After", "1");
    }

    private static String orNew(@Nullable String traceId) {
        return traceId == null ? TraceId.random() : traceId;
    }

    private static void problem(Exchange exchange, int status, byte[] body) {
        write(exchange, status, ProblemJson.CONTENT_TYPE, body);
        exchange.setRouteStop(true);
    }

    private static void answer(Exchange exchange, int status, Object document) {
        try {
            write(exchange, status, "application/json", NotificationJson.MAPPER.writeValueAsBytes(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Exchange exchange, int status, String contentType, byte[] body) {
        var message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(body);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, contentType);
    }

    /** What the door looks at of a request; its headers go no further. */
    private record Call(
            byte[] body,
            @Nullable String contentType,
            @Nullable String idempotencyKey,
            @Nullable String traceId) {
        private static final int LONGEST_KEY = 256;

        static Call of(Exchange exchange) {
            var message = exchange.getMessage();
            var body = message.getBody(byte[].class);
            var call = new Call(
                    body == null ? new byte[0] : body,
                    message.getHeader(Exchange.CONTENT_TYPE, String.class),
                    key(message.getHeader("Idempotency-Key", String.class)),
                    TraceId.from(
                            message.getHeader("traceparent", String.class),
                            message.getHeader("X-Trace-Id", String.class)));
            message.removeHeaders("*");
            return call;
        }

        private static @Nullable String key(@Nullable String header) {
            return header == null || header.isBlank() ? null : header.trim();
        }

        /** One key cannot name many notifications: lines bring their own. */
        Call forLine() {
            return new Call(body, contentType, null, traceId);
        }
    }
}
