package dev.mehari.sandbox.discord;

import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.Fault;
import dev.mehari.sandbox.Inbox;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.sandbox.Request;
import dev.mehari.sandbox.Simulator;
import dev.mehari.sandbox.Snowflakes;
import dev.mehari.sandbox.Violations;
import dev.mehari.sandbox.discord.RateLimiter.Scope;
import dev.mehari.sandbox.discord.RateLimiter.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Discord's webhooks. Checks in the order in which Discord does: caller, route, webhook, token, limits, form, emptiness.
 */
public final class DiscordSimulator implements Simulator {
    static final String NAME = "discord";
    private static final long LARGEST_REQUEST = 25L << 20;
    private static final long LARGEST_FILE = 10L << 20;
    private static final Set<String> YES = Set.of("true", "True", "1");

    private final Map<String, DiscordWebhook> webhooks = new ConcurrentHashMap<>();
    private final DiscordMessages messages;
    private final RateLimiter limiter;
    private final Violations violations;

    public DiscordSimulator(DiscordLimits limits, Inbox inbox, Violations violations, Clock clock) {
        this.limiter = new RateLimiter(limits, clock);
        this.messages = new DiscordMessages(inbox, new Snowflakes(clock), clock);
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
            case VERSION_6 -> path.map(found -> answer(
                            request, new DiscordPath(6, found.webhook(), found.token(), found.message())))
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
        Answer answer = path.message() == null
                ? toWebhook(request, path, webhook)
                : toMessage(request, path, webhook, path.message());
        if (answer.status() >= 400) {
            violations.add(channel, "refused", answer.status() + " " + answer.text());
        }
        return answer.with(DiscordAnswers.headers(ticket, path.bucket(request.method()), path.old()));
    }

    private Answer toWebhook(Request request, DiscordPath path, DiscordWebhook webhook) {
        return switch (request.method()) {
            case "GET", "PATCH" -> DiscordAnswers.ok(webhook.json());
            case "DELETE" -> {
                webhooks.remove(webhook.id());
                yield DiscordAnswers.noContent();
            }
            case "POST" -> execute(request, path, webhook);
            default -> DiscordAnswers.error(405, 0, "405: Method Not Allowed");
        };
    }

    private Answer toMessage(Request request, DiscordPath path, DiscordWebhook webhook, String id) {
        Optional<InboxMessage> message = messages.find(webhook, id);
        if (message.isEmpty()) {
            return DiscordAnswers.error(404, 10008, "Unknown Message");
        }
        return switch (request.method()) {
            case "GET" -> DiscordAnswers.ok(messages.json(webhook, message.get(), request.json()));
            case "PATCH" -> checked(request, path, webhook, form ->
                    DiscordAnswers.ok(messages.edit(webhook, message.get(), form.payload())));
            case "DELETE" -> {
                messages.remove(message.get());
                yield DiscordAnswers.noContent();
            }
            default -> DiscordAnswers.error(405, 0, "405: Method Not Allowed");
        };
    }

    private Answer execute(Request request, DiscordPath path, DiscordWebhook webhook) {
        boolean wait = YES.contains(request.query().getOrDefault("wait", "false"));
        return checked(request, path, webhook, form -> {
            if (isEmpty(request, form)) {
                return DiscordAnswers.error(400, 50006, "Cannot send an empty message");
            }
            Optional<Answer> thread = wrongThread(request, webhook, form);
            if (thread.isPresent()) {
                return thread.get();
            }
            var message = messages.add(webhook, form, request);
            return wait ? DiscordAnswers.ok(message) : DiscordAnswers.noContent();
        });
    }

    private interface Step {
        Answer take(DiscordForm form);
    }

    private Answer checked(Request request, DiscordPath path, DiscordWebhook webhook, Step next) {
        if (request.body().length > LARGEST_REQUEST) {
            return DiscordAnswers.error(413, 40005, "Request entity too large");
        }
        DiscordForm form;
        try {
            form = DiscordForm.read(request);
        } catch (DiscordForm.Unreadable unreadable) {
            return DiscordAnswers.error(400, 50109, "The request body contains invalid JSON.");
        } catch (DiscordForm.UnknownType unknown) {
            return DiscordAnswers.invalidForm(contentType(), path.old());
        }
        FormErrors errors = errors(form);
        if (!errors.isEmpty()) {
            return DiscordAnswers.invalidForm(errors, path.old());
        }
        if (form.files().size() > 10) {
            return DiscordAnswers.error(400, 30015, "Maximum number of attachments in a message reached (10)");
        }
        if (form.files().stream().anyMatch(file -> file.bytes().length > LARGEST_FILE)) {
            return DiscordAnswers.error(413, 40005, "Request entity too large");
        }
        if (HalfCharacters.in(form.payload())) {
            violations.add(webhook.channel(), "half-character", "a surrogate without its other half");
        }
        return next.take(form);
    }

    private static FormErrors errors(DiscordForm form) {
        if (form.payload().isObject()) {
            return MessageRules.check(form);
        }
        FormErrors errors = new FormErrors();
        errors.add(List.of(), "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
        return errors;
    }

    private static FormErrors contentType() {
        FormErrors errors = new FormErrors();
        errors.add(List.of(), "CONTENT_TYPE_INVALID", "Expected \"Content-Type\" header to be one of "
                + "{'application/x-www-form-urlencoded', 'application/json', 'multipart/form-data'}.");
        return errors;
    }

    private static boolean isEmpty(Request request, DiscordForm form) {
        var payload = form.payload();
        boolean components = YES.contains(request.query().getOrDefault("with_components", "false"))
                && !payload.path("components").isEmpty();
        return payload.path("content").asText("").isBlank()
                && payload.path("embeds").isEmpty()
                && form.files().isEmpty()
                && !payload.path("poll").isObject()
                && !components;
    }

    private static Optional<Answer> wrongThread(Request request, DiscordWebhook webhook, DiscordForm form) {
        boolean named = !form.payload().path("thread_name").asText("").isBlank();
        boolean numbered = request.query().containsKey("thread_id");
        if (webhook.forum() && named == numbered) {
            return Optional.of(named
                    ? DiscordAnswers.error(400, 220002,
                            "Webhooks posted to forum channels cannot have both a thread_name and thread_id")
                    : DiscordAnswers.error(400, 220001,
                            "Webhooks posted to forum channels must have a thread_name or thread_id"));
        }
        return !webhook.forum() && named
                ? Optional.of(DiscordAnswers.error(400, 220003, "Webhooks can only create threads in forum channels"))
                : Optional.empty();
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
        violations.add(channel, "user-agent", "User-Agent " + request.header("user-agent").orElse("is missing"));
        return DiscordAnswers.error(403, 40333, "internal network error");
    }
}
