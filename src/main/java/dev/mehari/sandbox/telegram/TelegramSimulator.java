package dev.mehari.sandbox.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.Fault;
import dev.mehari.sandbox.Inbox;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.sandbox.Request;
import dev.mehari.sandbox.SlidingWindow;
import dev.mehari.sandbox.Simulator;
import dev.mehari.sandbox.Snowflakes;
import dev.mehari.sandbox.Violations;
import dev.mehari.sandbox.telegram.TelegramAnswers.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Telegram's Bot API: {@code sendMessage}, {@code sendPhoto}, {@code sendDocument}, {@code sendMediaGroup}, {@code getMe}. */
public final class TelegramSimulator implements Simulator {
    private static final Pattern PATH = Pattern.compile("/bot(\\d{1,20}):([A-Za-z0-9_-]{35})(?:/test)?/?([A-Za-z]*)");

    private final Map<String, String> channels = new ConcurrentHashMap<>();
    private final Map<String, SlidingWindow> windows = new ConcurrentHashMap<>();
    private final AtomicLong messageIds = new AtomicLong();
    private final TelegramLimits limits;
    private final Inbox inbox;
    private final Violations violations;
    private final Snowflakes ids;
    private final Clock clock;

    public TelegramSimulator(TelegramLimits limits, Inbox inbox, Violations violations, Clock clock) {
        this.limits = limits;
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
        String token = Snowflakes.of("bot " + channel) + ":" + Snowflakes.token(channel).substring(0, 35);
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
                case "getme" -> TelegramAnswers.ok(bot(path.group(1)));
                case "sendmessage" -> {
                    text(call, "text", 4096, "message is too long");
                    yield send(request, channel, path, call);
                }
                case "sendphoto" -> {
                    media(call, "photo", call.get("photo"), 10 << 20);
                    yield send(request, channel, path, call);
                }
                case "senddocument" -> {
                    media(call, "document", call.get("document"), 50 << 20);
                    yield send(request, channel, path, call);
                }
                case "sendmediagroup" -> {
                    group(call);
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
        Duration wait = wait(token(path), chat);
        if (!wait.isZero()) {
            long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
            return TelegramAnswers.tooMany(seconds, Long.toString(seconds));
        }
        boolean album = path.group(3).equalsIgnoreCase("sendMediaGroup");
        JsonNode media = album ? json(call.get("media")) : JsonNodeFactory.instance.arrayNode();
        JsonNode captioned = album ? media.path(0) : JsonNodeFactory.instance.objectNode();
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
        return TelegramAnswers.ok(album ? messages(path, chat, media.size()) : message(path, chat, call));
    }

    private ArrayNode messages(Matcher path, String chat, int count) {
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < count; i++) {
            messages.add(head(path, chat));
        }
        return messages;
    }

    private ObjectNode message(Matcher path, String chat, TelegramCall call) throws Refused {
        ObjectNode message = head(path, chat);
        for (String name : new String[] {"text", "caption"}) {
            if (!call.get(name).isEmpty()) {
                message.put(name, TelegramEntities.plain(call.get(name), call.get("parse_mode")).strip());
            }
        }
        return message;
    }

    private ObjectNode head(Matcher path, String chat) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("message_id", messageIds.incrementAndGet());
        message.set("from", bot(path.group(1)));
        ObjectNode to = message.putObject("chat");
        if (chat.startsWith("@")) {
            to.put("id", -1000000000000L - Integer.toUnsignedLong(chat.hashCode())).put("username", chat.substring(1));
        } else {
            to.put("id", Long.parseLong(chat));
        }
        to.put("type", chat.startsWith("-100") ? "supergroup" : chat.startsWith("-") ? "group" : "private");
        return message.put("date", clock.instant().getEpochSecond());
    }

    private static ObjectNode bot(String id) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", Long.parseLong(id))
                .put("is_bot", true)
                .put("first_name", "Sandbox")
                .put("username", "sandbox_bot");
    }

    private static void text(TelegramCall call, String name, int most, String tooLong) throws Refused {
        String plain = TelegramEntities.plain(call.get(name), call.get("parse_mode")).strip();
        if (plain.isEmpty() && name.equals("text")) {
            throw new Refused("message text is empty");
        }
        if (plain.length() > most) {
            throw new Refused(tooLong);
        }
    }

    private static void media(TelegramCall call, String kind, String named, int most) throws Refused {
        text(call, "caption", 1024, "message caption is too long");
        String name = named.startsWith("attach://") ? named.substring("attach://".length()) : kind;
        var file = call.file(name);
        if (file.isEmpty() && (named.isEmpty() || named.startsWith("attach://"))) {
            throw new Refused("there is no " + kind + " in the request");
        }
        if (file.isPresent() && file.get().bytes().length > most) {
            throw new Refused("file is too big");
        }
    }

    private static void group(TelegramCall call) throws Refused {
        JsonNode media = json(call.get("media"));
        if (media.size() < 2 || media.size() > 10) {
            throw new Refused(media.size() > 10
                    ? "too many messages to send as an album"
                    : "expected an Array of 2 to 10 InputMedia");
        }
        for (JsonNode item : media) {
            String name = item.path("media").asText("").replaceFirst("^attach://", "");
            if (item.path("media").asText("").startsWith("attach://") && call.file(name).isEmpty()) {
                throw new Refused("wrong file_id or the file is temporarily unavailable");
            }
            String caption = TelegramEntities.plain(item.path("caption").asText(""), item.path("parse_mode").asText(""));
            if (caption.length() > 1024) {
                throw new Refused("message caption is too long");
            }
        }
    }

    private static JsonNode json(String media) throws Refused {
        JsonNode array = Request.of("POST", "/", Map.of(), media.getBytes(java.nio.charset.StandardCharsets.UTF_8), "").json();
        if (!array.isArray()) {
            throw new Refused("can't parse media JSON object");
        }
        return array;
    }

    private Duration wait(String token, String chat) {
        Instant now = clock.instant();
        SlidingWindow bot = window(token, limits.botRequests(), limits.botPeriod());
        SlidingWindow one = window(token + chat, limits.chatRequests(), limits.chatPeriod());
        SlidingWindow group = chat.startsWith("-") || chat.startsWith("@")
                ? window("group" + token + chat, limits.groupRequests(), limits.groupPeriod())
                : new SlidingWindow(Integer.MAX_VALUE, Duration.ZERO);
        for (SlidingWindow window : new SlidingWindow[] {bot, one, group}) {
            Duration wait = window.wait(now);
            if (!wait.isZero()) {
                return wait;
            }
        }
        bot.take(now);
        one.take(now);
        group.take(now);
        return Duration.ZERO;
    }

    /** Chats come with requests: past some thousands all windows begin anew. */
    private SlidingWindow window(String key, int requests, Duration period) {
        if (windows.size() > 10_000) {
            windows.clear();
        }
        return windows.computeIfAbsent(key, unknown -> new SlidingWindow(requests, period));
    }

    private static String token(Matcher path) {
        return path.group(1) + ":" + path.group(2);
    }
}
