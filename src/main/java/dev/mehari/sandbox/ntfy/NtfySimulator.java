package dev.mehari.sandbox.ntfy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.EncodedWords;
import dev.mehari.sandbox.Fault;
import dev.mehari.sandbox.Inbox;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.sandbox.Request;
import dev.mehari.sandbox.Simulator;
import dev.mehari.sandbox.Snowflakes;
import dev.mehari.sandbox.Violations;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An ntfy server: {@code POST|PUT /topic} with the text as body, or JSON to the root; 60 at once, then one per 5 s. */
public final class NtfySimulator implements Simulator {
    private static final String TOPIC = "[-_A-Za-z0-9]{1,64}";
    private static final int BURST = 60;
    private static final Duration REFILL = Duration.ofSeconds(5);
    private static final int LONGEST_MESSAGE = 4096;
    private static final int LARGEST_FILE = 15 << 20;
    private static final List<String> PRIORITIES = List.of("min", "low", "default", "high", "max");

    private final Map<String, Instant> drained = new ConcurrentHashMap<>();
    private final Inbox inbox;
    private final Violations violations;
    private final Snowflakes ids;
    private final Clock clock;
    private final boolean limited;

    /** @param limited false for tests of something else than the limit */
    public NtfySimulator(boolean limited, Inbox inbox, Violations violations, Clock clock) {
        this.limited = limited;
        this.inbox = inbox;
        this.violations = violations;
        this.ids = new Snowflakes(clock);
        this.clock = clock;
    }

    @Override
    public String provider() {
        return "ntfy";
    }

    @Override
    public String register(String channel) {
        return "/" + channel.replaceAll("[^-_A-Za-z0-9]", "-");
    }

    @Override
    public Optional<String> channelOf(Request request) {
        String topic = isRoot(request)
                ? request.json().path("topic").asText("")
                : request.path().substring(1);
        return topic.matches(TOPIC) ? Optional.of(topic) : Optional.empty();
    }

    @Override
    public Answer answer(Request request) {
        Answer answer = published(request);
        if (answer.status() >= 400) {
            String kind = answer.status() == 429 ? "rate-limited" : "refused";
            violations.add(channelOf(request).orElse(""), kind, answer.text());
        }
        return answer;
    }

    @Override
    public Answer fail(Request request, Fault fault) {
        return switch (fault.kind()) {
            case RATE_LIMITED -> tooMany().with("Retry-After", fault.wholeSeconds());
            case BANNED -> Answer.text(429, "text/html", "<html><body>Too many requests</body></html>");
            case DELETED -> error(40401, 404, "page not found");
            case UNAUTHORIZED -> error(40101, 401, "unauthorized");
            default -> error(fault.statusOr503() * 100 + 1, fault.statusOr503(), "internal server error");
        };
    }

    private Answer published(Request request) {
        if (!request.method().equals("POST") && !request.method().equals("PUT")) {
            return error(40401, 404, "page not found");
        }
        if (isRoot(request) && !request.json().isObject()) {
            return error(40017, 400, "invalid request: request body must be message JSON");
        }
        Optional<String> topic = channelOf(request);
        if (topic.isEmpty()) {
            return error(40009, 400, "invalid request: topic invalid");
        }
        if (limited && !takes(request.remote())) {
            return tooMany();
        }
        Map<String, String> options = isRoot(request) ? fromJson(request.json()) : fromHeaders(request);
        int priority = priority(options.getOrDefault("priority", "3"));
        if (priority < 0) {
            return error(40007, 400, "invalid request: priority invalid");
        }
        if (request.body().length > LARGEST_FILE) {
            return error(41301, 413, "attachment too large, or bandwidth limit reached");
        }
        return take(request, topic.get(), options, priority);
    }

    private Answer take(Request request, String topic, Map<String, String> options, int priority) {
        String text = options.getOrDefault("message", isRoot(request) ? "" : request.text());
        boolean file = !isRoot(request) && (options.containsKey("filename") || request.body().length > LONGEST_MESSAGE);
        String shown = file ? options.getOrDefault("message", "You received a file") : text;
        List<InboxMessage.File> files = file
                ? List.of(new InboxMessage.File(
                        options.getOrDefault("filename", "attachment.txt"),
                        options.containsKey("filename") ? type(options.get("filename")) : "text/plain",
                        request.body()))
                : List.of();
        if (shown.getBytes(StandardCharsets.UTF_8).length > LONGEST_MESSAGE) {
            return error(40034, 400, "invalid request: message is too long");
        }
        String id = ids.next();
        Map<String, String> extra = new LinkedHashMap<>(options);
        extra.keySet().retainAll(List.of("title", "tags", "click", "attach", "icon"));
        extra.put("priority", Integer.toString(priority));
        inbox.add(new InboxMessage(
                id,
                topic,
                provider(),
                clock.instant(),
                null,
                shown.isBlank() ? "triggered" : shown,
                JsonNodeFactory.instance.arrayNode(),
                files,
                extra,
                InboxMessage.Raw.of(request)));
        return Answer.json(200, message(id, topic, shown, options, priority));
    }

    private ObjectNode message(String id, String topic, String text, Map<String, String> options, int priority) {
        long now = clock.instant().getEpochSecond();
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("id", id).put("time", now).put("expires", now + 12 * 3600).put("event", "message");
        message.put("topic", topic).put("message", text).put("priority", priority);
        Optional.ofNullable(options.get("title")).ifPresent(title -> message.put("title", title));
        Optional.ofNullable(options.get("click")).ifPresent(click -> message.put("click", click));
        Optional.ofNullable(options.get("tags")).ifPresent(tags -> {
            var list = message.putArray("tags");
            List.of(tags.split("\\s*,\\s*")).forEach(list::add);
        });
        return message;
    }

    private static Map<String, String> fromHeaders(Request request) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String name : List.of("message", "title", "priority", "tags", "click", "attach", "filename", "icon")) {
            request.header(name)
                    .or(() -> request.header("x-" + name))
                    .or(() -> Optional.ofNullable(request.query().get(name)))
                    .ifPresent(value -> options.put(name, EncodedWords.decode(value)));
        }
        return options;
    }

    private static Map<String, String> fromJson(JsonNode json) {
        Map<String, String> options = new LinkedHashMap<>();
        json.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            options.put(
                    entry.getKey(),
                    value.isArray()
                            ? String.join(
                                    ",",
                                    value.valueStream().map(JsonNode::asText).toList())
                            : value.asText());
        });
        return options;
    }

    /** 1 to 5; -1 for what is none. */
    private static int priority(String word) {
        if (word.matches("[1-5]")) {
            return Integer.parseInt(word);
        }
        return word.equals("urgent") ? 5 : PRIORITIES.contains(word) ? PRIORITIES.indexOf(word) + 1 : -1;
    }

    /** A bucket of 60 that fills by one in five seconds, kept as the moment at which it would be full again. */
    private boolean takes(String visitor) {
        Instant now = clock.instant();
        drained.values().removeIf(refilled -> !refilled.isAfter(now));
        Instant full = drained.getOrDefault(visitor, now);
        Instant next = (full.isBefore(now) ? now : full).plus(REFILL);
        if (Duration.between(now, next).compareTo(REFILL.multipliedBy(BURST)) > 0) {
            return false;
        }
        drained.put(visitor, next);
        return true;
    }

    private static boolean isRoot(Request request) {
        return request.path().equals("/");
    }

    private static String type(String filename) {
        String ending = filename.substring(filename.lastIndexOf('.') + 1);
        return Map.of(
                        "png",
                        "image/png",
                        "jpg",
                        "image/jpeg",
                        "jpeg",
                        "image/jpeg",
                        "gif",
                        "image/gif",
                        "webp",
                        "image/webp")
                .getOrDefault(ending, "application/octet-stream");
    }

    private static Answer tooMany() {
        return error(42901, 429, "limit reached: too many requests");
    }

    private static Answer error(int code, int status, String error) {
        return Answer.json(
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("code", code)
                        .put("http", status)
                        .put("error", error)
                        .put("link", "https://ntfy.sh/docs/publish/"));
    }
}
