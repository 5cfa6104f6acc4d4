package dev.mehari.sandbox.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.Fault;
import dev.mehari.sandbox.Inbox;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.sandbox.Request;
import dev.mehari.sandbox.Simulator;
import dev.mehari.sandbox.Snowflakes;
import dev.mehari.sandbox.Violations;
import dev.mehari.sandbox.telegram.TelegramAnswers.Refused;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Telegram's Bot API: {@code sendMessage}, {@code sendPhoto}, {@code sendDocument}, {@code sendMediaGroup}, {@code getMe}. */
public final class TelegramSimulator implements Simulator {
    private static final Pattern PATH = Pattern.compile("/bot(\\d{1,20}):([A-Za-z0-9_-]{35})(?:/test)?/?([A-Za-z]*)");

    private final Map<String, String> channels = new ConcurrentHashMap<>();
    private final TelegramLimiter limiter;
    private final TelegramMessages messages;
    private final Inbox inbox;
    private final Violations violations;
    private final Snowflakes ids;
    private final Clock clock;

    public TelegramSimulator(TelegramLimits limits, Inbox inbox, Violations violations, Clock clock) {
        this.limiter = new TelegramLimiter(limits, clock);
        this.messages = new TelegramMessages(clock);
        this.inbox = inbox;
        this.violations = violations;
        this.ids = new Snowflakes(clock);
        this.clock = clock;
    }

    @Override
    public String provider() {
        return "telegram";
    }

    @Override
    public String register(String channel) {
        String token = Snowflakes.of("bot " + channel) + ":"
                + Snowflakes.token(channel).substring(0, 35);
        channels.put(token, channel);
        return "/bot" + token;
    }

    @Override
    public Optional<String> channelOf(Request request) {
        Matcher path = PATH.matcher(request.path());
        return path.matches() ? Optional.ofNullable(channels.get(token(path))) : Optional.empty();
    }

    @Override
    public Answer answer(Request request) {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return TelegramAnswers.error(404, "Not Found");
        }
        String channel = channels.get(token(path));
        if (channel == null) {
            return TelegramAnswers.error(401, "Unauthorized");
        }
        Answer answer = called(request, channel, path);
        if (answer.status() >= 400) {
            violations.add(channel, answer.status() == 429 ? "rate-limited" : "refused", answer.text());
        }
        return answer;
    }

    @Override
    public Answer fail(Request request, Fault fault) {
        long seconds = (long) Math.ceil(fault.retryAfterOr(5));
        return switch (fault.kind()) {
            case RATE_LIMITED -> TelegramAnswers.tooMany(seconds, fault.wholeSeconds());
            case BANNED -> Answer.text(429, "text/html", "<html><body><h1>429 Too Many Requests</h1></body></html>");
            case DELETED -> TelegramAnswers.error(403, "Forbidden: bot was kicked from the supergroup chat");
            case UNAUTHORIZED -> TelegramAnswers.error(401, "Unauthorized");
            case MIGRATED -> migrated(request, fault);
            default -> TelegramAnswers.error(fault.statusOr503(), "Internal Server Error");
        };
    }

    private Answer migrated(Request request, Fault fault) {
        long newChat = fault.migrateTo() == null ? 0 : fault.migrateTo();
        try {
            boolean moved = TelegramCall.read(request).get("chat_id").equals(Long.toString(newChat));
            return moved ? answer(request) : TelegramAnswers.migrated(newChat);
        } catch (Refused refused) {
            return answer(request);
        }
    }

    private Answer called(Request request, String channel, Matcher path) {
        try {
            TelegramCall call = TelegramCall.read(request);
            return switch (path.group(3).toLowerCase(Locale.ROOT)) {
                case "getme" -> TelegramAnswers.ok(TelegramMessages.bot(path.group(1)));
                case "sendmessage" -> {
                    TelegramRules.text(call, "text", 4096, "message is too long");
                    yield send(request, channel, path, call);
                }
                case "sendphoto" -> {
                    TelegramRules.media(call, "photo", call.get("photo"), 10 << 20);
                    yield send(request, channel, path, call);
                }
                case "senddocument" -> {
                    TelegramRules.media(call, "document", call.get("document"), 50 << 20);
                    yield send(request, channel, path, call);
                }
                case "sendmediagroup" -> {
                    TelegramRules.group(call);
                    yield send(request, channel, path, call);
                }
                default -> TelegramAnswers.error(404, "Not Found: method not found");
            };
        } catch (Refused refused) {
            return TelegramAnswers.error(400, String.valueOf(refused.getMessage()));
        }
    }

    private Answer send(Request request, String channel, Matcher path, TelegramCall call) throws Refused {
        String chat = call.chat();
        Duration wait = limiter.take(token(path), chat);
        if (!wait.isZero()) {
            long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
            return TelegramAnswers.tooMany(seconds, Long.toString(seconds));
        }
        boolean album = path.group(3).equalsIgnoreCase("sendMediaGroup");
        JsonNode media = album ? TelegramRules.json(call.get("media")) : JsonNodeFactory.instance.arrayNode();
        JsonNode captioned = captioned(media);
        String content = call.get("text").isEmpty() ? call.get("caption") : call.get("text");
        String mode = album ? captioned.path("parse_mode").asText("") : call.get("parse_mode");
        Map<String, String> extra = new LinkedHashMap<>(Map.of("chat", chat));
        if (!mode.isEmpty()) {
            extra.put("parseMode", mode.equalsIgnoreCase("html") ? "HTML" : mode);
        }
        inbox.add(new InboxMessage(
                ids.next(),
                channel,
                provider(),
                clock.instant(),
                null,
                album ? captioned.path("caption").asText("") : content,
                JsonNodeFactory.instance.arrayNode(),
                call.kept(),
                extra,
                InboxMessage.Raw.of(request)));
        return TelegramAnswers.ok(
                album
                        ? messages.album(path.group(1), chat, media.size())
                        : messages.message(path.group(1), chat, call));
    }

    /** An album of documents shows the caption below its last. */
    private static JsonNode captioned(JsonNode media) {
        for (JsonNode item : media) {
            if (item.has("caption")) {
                return item;
            }
        }
        return MissingNode.getInstance();
    }

    private static String token(Matcher path) {
        return path.group(1) + ":" + path.group(2);
    }
}
