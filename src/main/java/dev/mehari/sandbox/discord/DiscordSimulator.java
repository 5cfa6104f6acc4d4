package dev.mehari.sandbox.discord;

import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.Fault;
import dev.mehari.sandbox.Inbox;
import dev.mehari.sandbox.Request;
import dev.mehari.sandbox.Simulator;
import dev.mehari.sandbox.Snowflakes;
import dev.mehari.sandbox.Violations;
import dev.mehari.sandbox.discord.RateLimiter.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Discord's webhooks. Checks in the order in which Discord does: caller, route, webhook, token, limits, then the call. */
public final class DiscordSimulator implements Simulator {
    static final String NAME = "discord";

    private final Map<String, DiscordWebhook> webhooks = new ConcurrentHashMap<>();
    private final WebhookCalls calls;
    private final RateLimiter limiter;
    private final Violations violations;

    public DiscordSimulator(DiscordLimits limits, Inbox inbox, Violations violations, Clock clock) {
        this.limiter = new RateLimiter(limits, clock);
        this.calls = new WebhookCalls(new DiscordMessages(inbox, new Snowflakes(clock), clock), violations);
        this.violations = violations;
    }

    @Override
    public String provider() {
        return NAME;
    }

    @Override
    public String register(String channel) {
        DiscordWebhook webhook = DiscordWebhook.of(channel);
        webhooks.putIfAbsent(webhook.id(), webhook);
        return webhook.path(10);
    }

    /** Makes a webhook known, in the place of one with the same id. */
    public DiscordWebhook register(DiscordWebhook webhook) {
        webhooks.put(webhook.id(), webhook);
        return webhook;
    }

    @Override
    public Optional<String> channelOf(Request request) {
        return DiscordPath.parse(request.path())
                .flatMap(path -> Optional.ofNullable(webhooks.get(path.webhook())))
                .map(DiscordWebhook::channel);
    }

    @Override
    public Answer answer(Request request) {
        return DiscordPath.parse(request.path())
                .map(path -> answer(request, path))
                .orElseGet(DiscordAnswers::notFound);
    }

    @Override
    public Answer fail(Request request, Fault fault) {
        Optional<DiscordPath> path = DiscordPath.parse(request.path());
        boolean old = path.map(DiscordPath::old).orElse(false);
        return switch (fault.kind()) {
            case BANNED -> DiscordAnswers.banned();
            case DELETED -> DiscordAnswers.unknownWebhook();
            case UNAUTHORIZED -> DiscordAnswers.invalidToken();
            case RATE_LIMITED -> limitedBy(fault, old);
            case VERSION_6 ->
                path.map(found -> answer(request, new DiscordPath(6, found.webhook(), found.token(), found.message())))
                        .orElseGet(DiscordAnswers::notFound);
            default -> {
                int status = fault.statusOr503();
                yield DiscordAnswers.error(status, 0, status + ": " + (status < 500 ? "Refused" : "Server Error"));
            }
        };
    }

    private Answer answer(Request request, DiscordPath path) {
        String channel = channelOf(request).orElse("");
        if (limiter.banned(request.remote())) {
            violations.add(channel, "rate-limited", "banned: too many requests that Discord had to refuse");
            return DiscordAnswers.banned();
        }
        Answer answer = badAgent(request) ? refusedAgent(channel, request) : afterAgent(request, path, channel);
        boolean shared = "shared".equals(answer.headers().get("X-RateLimit-Scope"));
        if (Set.of(401, 403, 429).contains(answer.status()) && !shared) {
            limiter.countInvalid(request.remote());
        }
        return answer;
    }

    private Answer afterAgent(Request request, DiscordPath path, String channel) {
        DiscordWebhook webhook = webhooks.get(path.webhook());
        if (webhook == null) {
            violations.add(channel, "unknown-webhook", "webhook " + path.webhook() + " does not exist");
            return DiscordAnswers.unknownWebhook();
        }
        if (!webhook.token().equals(path.token())) {
            violations.add(channel, "refused", "wrong token");
            return DiscordAnswers.invalidToken();
        }
        Ticket ticket = limiter.take(webhook, path, request.method(), request.remote());
        if (!ticket.admitted()) {
            violations.add(channel, "rate-limited", "scope " + ticket.scope() + ", " + ticket.delay() + " too early");
            return DiscordAnswers.limited(ticket, path.old());
        }
        Answer answer = calls.answer(request, path, webhook);
        if (request.method().equals("DELETE") && path.message() == null) {
            webhooks.remove(webhook.id());
        }
        if (answer.status() >= 400) {
            violations.add(channel, "refused", answer.status() + " " + answer.text());
        }
        return answer.with(DiscordAnswers.headers(ticket, path.bucket(request.method()), path.old()));
    }

    private static Answer limitedBy(Fault fault, boolean old) {
        Duration wait = Duration.ofMillis(Math.round(fault.retryAfterOr(5) * 1000));
        String scope = fault.scope() == null ? "user" : fault.scope();
        Answer answer = DiscordAnswers.tooMany(wait, scope, "You are being rate limited.", old);
        Double header = fault.retryAfterHeader();
        Answer told = header == null ? answer : answer.with("Retry-After", Long.toString(Math.round(header)));
        return scope.equals("global") ? told.with("X-RateLimit-Global", "true") : told;
    }

    /** Discord's edge refuses callers that name themselves badly, not at all, or as a browser. */
    private static boolean badAgent(Request request) {
        String agent = request.header("user-agent").orElse("").strip();
        return agent.isEmpty() || agent.startsWith("Mozilla/");
    }

    private Answer refusedAgent(String channel, Request request) {
        violations.add(
                channel,
                "user-agent",
                "User-Agent " + request.header("user-agent").orElse("is missing"));
        return DiscordAnswers.error(403, 40333, "internal network error");
    }
}
