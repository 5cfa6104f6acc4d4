package dev.mehari.delivery.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.channel.Channel;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Outcome.Scope;
import dev.mehari.delivery.ProviderAnswer;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads Discord's answers: its error codes, its form errors and its several kinds of 429. */
final class DiscordVerdict {
    /** "internal network error": Discord's edge does not like our User-Agent or our address; the webhook is innocent. */
    private static final int EDGE_REFUSES = 40333;
    /** The shared write limit of a chat channel. */
    private static final int CHANNEL_WRITES = 20028;
    /** 400s that every message would get: a forum without a thread, a thread that is archived or locked. */
    private static final Set<Integer> DESTINATION = Set.of(220001, 220002, 220003, 50083, 160005);
    /** On top of the time Discord names: discord.js's guard against rounding. */
    private static final Duration GUARD = Duration.ofMillis(50);

    private final Verdict verdict;
    private final Duration ban;

    DiscordVerdict(Clock clock, Duration ban) {
        this.verdict = new Verdict(clock);
        this.ban = ban;
    }

    Outcome of(Channel channel, ProviderAnswer answer) {
        JsonNode body = Json.read(answer.body());
        int code = body.path("code").asInt(0);
        if (answer.status() == 429) {
            return tooFast(answer, body, code);
        }
        Outcome byStatus = verdict.of(channel, answer, detail(body, code));
        if (byStatus instanceof Outcome.Delivered) {
            return new Outcome.Delivered(body.path("id").textValue());
        }
        if (byStatus instanceof Outcome.ChannelRejected edge && code == EDGE_REFUSES) {
            return new Outcome.Retry(edge.reason(), null);
        }
        return byStatus instanceof Outcome.MessageRejected all && DESTINATION.contains(code)
                ? new Outcome.ChannelRejected(all.reason())
                : byStatus;
    }

    /** A 429 that did not pass Discord's own servers, or names no time, comes from the edge: the whole host is shut. */
    private Outcome tooFast(ProviderAnswer answer, JsonNode body, int code) {
        Optional<Duration> header = verdict.retryAfter(answer);
        Optional<Duration> named = Optional.of(body.path("retry_after"))
                .filter(JsonNode::isNumber)
                .flatMap(seconds -> Verdict.seconds(seconds.doubleValue()));
        Duration wait = longer(header.orElse(Duration.ZERO), named.orElse(Duration.ZERO));
        if (answer.header("via").isEmpty() || header.isEmpty() && named.isEmpty()) {
            return new Outcome.RateLimited(longer(wait, ban), Scope.HOST);
        }
        return new Outcome.RateLimited(wait.plus(GUARD), scope(answer, body, code));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Scope scope(ProviderAnswer answer, JsonNode body, int code) {
        String scope = answer.header("x-ratelimit-scope").orElse("");
        boolean global = scope.equals("global")
                || body.path("global").asBoolean()
                || answer.header("x-ratelimit-global").orElse("").equalsIgnoreCase("true");
        if (global) {
            return Scope.HOST;
        }
        return scope.equals("shared") || code == CHANNEL_WRITES ? Scope.SHARED : Scope.CHANNEL;
    }

    private static @Nullable String detail(JsonNode body, int code) {
        if (!body.path("message").isTextual()) {
            return null;
        }
        String said = body.path("message").textValue() + " (" + code + ")";
        String form = formError(body.path("errors"), "");
        return form == null ? said : said + ", " + form;
    }

    /** The first leaf of a form error: {@code embeds[0].fields[1].value: Must be 1024 or fewer in length.} */
    private static @Nullable String formError(JsonNode errors, String path) {
        JsonNode leaf = errors.path("_errors").path(0).path("message");
        if (leaf.isTextual()) {
            return (path.isEmpty() ? "message" : path) + ": " + leaf.textValue();
        }
        for (Iterator<Map.Entry<String, JsonNode>> each = errors.fields(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = each.next();
            String found = formError(entry.getValue(), step(path, entry.getKey()));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static String step(String path, String key) {
        boolean index = key.chars().allMatch(Character::isDigit);
        return index ? path + "[" + key + "]" : path.isEmpty() ? key : path + "." + key;
    }
}
