package dev.mehari.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.discord.RateLimiter.Ticket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Discord's answers, word for word. Each carries the {@code Via} by which a client knows the genuine one. */
final class DiscordAnswers {
    private static final String WRITE_LIMIT =
            "The write action you are performing on the channel has hit the write rate limit.";

    private DiscordAnswers() {}

    static Answer ok(JsonNode body) {
        return genuine(Answer.json(200, body));
    }

    static Answer noContent() {
        return genuine(Answer.empty(204));
    }

    static Answer error(int status, int code, String message) {
        return genuine(Answer.json(status, body(code, message)));
    }

    static Answer unknownWebhook() {
        return error(404, 10015, "Unknown Webhook");
    }

    static Answer invalidToken() {
        return error(401, 50027, "Invalid Webhook Token");
    }

    static Answer notFound() {
        return error(404, 0, "404: Not Found");
    }

    static Answer invalidForm(FormErrors errors, boolean old) {
        if (old) {
            return genuine(Answer.json(400, errors.flat()));
        }
        ObjectNode body = body(50035, "Invalid Form Body");
        body.set("errors", errors.nested());
        return genuine(Answer.json(400, body));
    }

    static Answer limited(Ticket ticket, boolean old) {
        return switch (ticket.scope()) {
            case GLOBAL ->
                tooMany(ticket.delay(), "global", "You are being rate limited.", old)
                        .with("X-RateLimit-Global", "true");
            case SHARED ->
                tooMany(ticket.delay(), "shared", WRITE_LIMIT, old).with(headers(ticket, "POST webhook", old));
            default ->
                tooMany(ticket.delay(), "user", "You are being rate limited.", old)
                        .with(headers(ticket, "POST webhook", old));
        };
    }

    /** A 429 of that scope; the header's whole seconds are never less than the body's. */
    static Answer tooMany(Duration wait, String scope, String message, boolean old) {
        double seconds = wait.toMillis() / 1000.0;
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", message);
        if (old) {
            body.put("retry_after", wait.toMillis());
        } else {
            body.put("retry_after", seconds);
        }
        body.put("global", scope.equals("global"));
        if (scope.equals("shared")) {
            body.put("code", 20028);
        }
        String header = old ? Long.toString(wait.toMillis()) : Long.toString((long) Math.ceil(seconds));
        return genuine(Answer.json(429, body)).with("Retry-After", header).with("X-RateLimit-Scope", scope);
    }

    /** The network in front of Discord answers, not Discord: no {@code Via}, no JSON, no time. */
    static Answer banned() {
        return Answer.text(429, "text/html; charset=UTF-8", """
                <!doctype html><html lang="en"><head><title>Access denied | discord.com used Cloudflare to restrict \
                access</title></head><body><h1>Error 1015</h1><p>You are being rate limited</p></body></html>
                """).with("Server", "cloudflare");
    }

    static Map<String, String> headers(Ticket ticket, String bucket, boolean old) {
        double reset = ticket.reset().toEpochMilli() / 1000.0;
        double after = ticket.resetAfter().toMillis() / 1000.0;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-RateLimit-Limit", Integer.toString(ticket.limit()));
        headers.put("X-RateLimit-Remaining", Integer.toString(ticket.remaining()));
        headers.put("X-RateLimit-Reset", old ? whole(reset) : decimal(reset));
        headers.put("X-RateLimit-Reset-After", old ? whole(after) : decimal(after));
        headers.put(
                "X-RateLimit-Bucket",
                UUID.nameUUIDFromBytes(bucket.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", ""));
        return headers;
    }

    private static Answer genuine(Answer answer) {
        return answer.with("Via", "1.1 google");
    }

    private static ObjectNode body(int code, String message) {
        return JsonNodeFactory.instance.objectNode().put("message", message).put("code", code);
    }

    private static String whole(double seconds) {
        return Long.toString((long) Math.ceil(seconds));
    }

    private static String decimal(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }
}
