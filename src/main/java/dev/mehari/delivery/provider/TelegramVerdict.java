package dev.mehari.delivery.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.channel.Channel;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Outcome.Scope;
import dev.mehari.delivery.ProviderAnswer;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the Bot API's answers: {@code {"ok":false,"error_code":N,"description":"…","parameters":{…}}}. */
final class TelegramVerdict {
    /** 400s that every message to this chat would get. Texts of the server's source, Client.cpp. */
    private static final Pattern DESTINATION = Pattern.compile(
            "(?i)chat not found|message thread not found|group chat was upgraded|topic_closed|topic_deleted"
                    + "|not enough rights|have no rights|chat_write_forbidden|need administrator rights");

    private final Verdict verdict;

    TelegramVerdict(Clock clock) {
        this.verdict = new Verdict(clock);
    }

    Outcome of(Channel channel, ProviderAnswer answer) {
        JsonNode body = Json.read(answer.body());
        JsonNode parameters = body.path("parameters");
        String description = body.path("description").asText("");
        ProviderAnswer meant = meant(answer, body);
        JsonNode migrated = parameters.path("migrate_to_chat_id");
        if (meant.status() == 400 && migrated.isIntegralNumber()) {
            return new Outcome.Moved("chat", migrated.asText());
        }
        Outcome outcome = verdict.of(channel, meant, description);
        if (outcome instanceof Outcome.Delivered) {
            return new Outcome.Delivered(messageId(body.path("result")));
        }
        if (outcome instanceof Outcome.RateLimited limited) {
            return tooFast(meant, parameters, limited);
        }
        return outcome instanceof Outcome.MessageRejected all
                        && DESTINATION.matcher(description).find()
                ? new Outcome.ChannelRejected(all.reason())
                : outcome;
    }

    /** The status is the error code; a proxy that makes every answer a 200 does not make it a success. */
    private static ProviderAnswer meant(ProviderAnswer answer, JsonNode body) {
        int code = body.path("error_code").asInt(0);
        boolean refused = body.path("ok").isBoolean() && !body.path("ok").booleanValue();
        return answer.status() == 200 && refused && code >= 400
                ? new ProviderAnswer(code, answer.headers(), answer.body())
                : answer;
    }

    private Outcome tooFast(ProviderAnswer answer, JsonNode parameters, Outcome.RateLimited byHeader) {
        Duration named =
                Verdict.seconds(parameters.path("retry_after").asDouble(-1)).orElse(Duration.ZERO);
        Duration header = verdict.retryAfter(answer).orElse(Duration.ZERO);
        Duration longer = named.compareTo(header) > 0 ? named : header;
        return longer.isZero() ? byHeader : new Outcome.RateLimited(longer, Scope.CHANNEL);
    }

    /** Of a group of pictures the first message's. */
    private static @Nullable String messageId(JsonNode result) {
        JsonNode id = (result.isArray() ? result.path(0) : result).path("message_id");
        return id.isIntegralNumber() ? id.asText() : null;
    }
}
