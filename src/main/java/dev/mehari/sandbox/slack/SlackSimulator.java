package dev.mehari.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.Fault;
import dev.mehari.sandbox.Inbox;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.sandbox.Request;
import dev.mehari.sandbox.Simulator;
import dev.mehari.sandbox.SlidingWindow;
import dev.mehari.sandbox.Snowflakes;
import dev.mehari.sandbox.Violations;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slack's incoming webhooks: {@code /services/T.../B.../...}, answers in plain text, one message a second. */
public final class SlackSimulator implements Simulator {
    private static final Pattern PATH = Pattern.compile("/services/(T\\w+)/(B\\w+)/(\\w+)");
    /** One a second on average; a burst of one more over four seconds is forgiven. */
    private static final int MESSAGES = 5;

    private static final Duration PERIOD = Duration.ofSeconds(4);
    private final Map<String, Hook> hooks = new ConcurrentHashMap<>();
    private final Inbox inbox;
    private final Violations violations;
    private final Snowflakes ids;
    private final Clock clock;
    private final boolean limited;

    /** @param limited false for tests of something else than the limit */
    public SlackSimulator(boolean limited, Inbox inbox, Violations violations, Clock clock) {
        this.limited = limited;
        this.inbox = inbox;
        this.violations = violations;
        this.ids = new Snowflakes(clock);
        this.clock = clock;
    }

    private record Hook(String channel, String token, SlidingWindow window) {}

    @Override
    public String provider() {
        return "slack";
    }

    @Override
    public String register(String channel) {
        String team = "T" + base36("team");
        String service = "B" + base36(channel);
        String token = Snowflakes.token(channel).replaceAll("[^A-Za-z0-9]", "0").substring(0, 24);
        hooks.putIfAbsent(service, new Hook(channel, token, new SlidingWindow(MESSAGES, PERIOD)));
        return "/services/" + team + "/" + service + "/" + token;
    }

    @Override
    public Optional<String> channelOf(Request request) {
        Matcher path = PATH.matcher(request.path());
        return path.matches() ? Optional.ofNullable(hooks.get(path.group(2))).map(Hook::channel) : Optional.empty();
    }

    @Override
    public Answer answer(Request request) {
        Matcher path = PATH.matcher(request.path());
        Hook hook = path.matches() ? hooks.get(path.group(2)) : null;
        if (hook == null) {
            return plain(404, path.matches() ? "no_service" : "no_service_id");
        }
        Answer answer = hook.token().equals(path.group(3)) ? posted(request, hook) : plain(403, "invalid_token");
        if (answer.status() >= 400) {
            violations.add(hook.channel(), answer.status() == 429 ? "rate-limited" : "refused", answer.text());
        }
        return answer;
    }

    @Override
    public Answer fail(Request request, Fault fault) {
        return switch (fault.kind()) {
            case RATE_LIMITED -> plain(429, "rate_limited").with("Retry-After", fault.wholeSeconds());
            case BANNED -> Answer.text(429, "text/html", "<html><body>Too many requests</body></html>");
            case DELETED -> plain(404, "no_service");
            case UNAUTHORIZED -> plain(403, "invalid_token");
            default -> plain(fault.statusOr503(), fault.statusOr503() == 410 ? "channel_is_archived" : "rollup_error");
        };
    }

    private Answer posted(Request request, Hook hook) {
        if (!request.method().equals("POST")) {
            return plain(400, "invalid_payload");
        }
        Duration wait = limited ? hook.window().tryTake(clock.instant()) : Duration.ZERO;
        if (!wait.isZero()) {
            return plain(429, "rate_limited").with("Retry-After", Long.toString(wait.toSeconds() + 1));
        }
        JsonNode payload = payload(request);
        String problem = problem(payload);
        if (!problem.isEmpty()) {
            return plain(400, problem);
        }
        inbox.add(new InboxMessage(
                ids.next(),
                hook.channel(),
                provider(),
                clock.instant(),
                null,
                payload.path("text").asText(""),
                payload.path("blocks").isArray() ? payload.path("blocks") : JsonNodeFactory.instance.arrayNode(),
                List.of(),
                Map.of(),
                InboxMessage.Raw.of(request)));
        return plain(200, "ok");
    }

    private static String problem(JsonNode payload) {
        if (!payload.isObject()) {
            return "invalid_payload";
        }
        if (payload.path("attachments").size() > 100) {
            return "too_many_attachments";
        }
        if (payload.has("blocks") && !BlockRules.hold(payload.path("blocks"))) {
            return "invalid_blocks";
        }
        boolean said = !payload.path("text").asText("").isBlank()
                || !payload.path("blocks").isEmpty()
                || !payload.path("attachments").isEmpty();
        return said ? "" : "no_text";
    }

    private static JsonNode payload(Request request) {
        if (!request.mediaType().equals("application/x-www-form-urlencoded")) {
            return request.json();
        }
        String payload = Request.form(request.text()).getOrDefault("payload", "");
        return Request.of("POST", "/", Map.of(), payload.getBytes(StandardCharsets.UTF_8), "")
                .json();
    }

    private static Answer plain(int status, String body) {
        return Answer.text(status, "text/html", body);
    }

    private static String base36(String name) {
        return Long.toString(Long.parseLong(Snowflakes.of(name)), 36)
                .toUpperCase(Locale.ROOT)
                .substring(0, 9);
    }
}
