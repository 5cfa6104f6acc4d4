package dev.mehari.delivery.provider;

import dev.mehari.channel.Channel;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Provider;
import dev.mehari.delivery.ProviderAnswer;
import dev.mehari.delivery.ProviderRequest;
import dev.mehari.security.Secret;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Any HTTP receiver: the notification as JSON, signed after Standard Webhooks 1.0.0 when the channel has secrets. The
 * {@code webhook-id} is the same for every attempt, so that a receiver can tell a duplicate.
 */
@Component
final class WebhookProvider implements Provider {
    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "DELETE", "GET");
    private static final Set<String> BODIES = Set.of("notification", "card");
    /** Headers that belong to the connection, to the body or to the signature. */
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "content-type",
            "transfer-encoding",
            "connection",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature");

    /** Headers whose values are masked wherever they turn up. */
    private static final Pattern CREDENTIAL =
            Pattern.compile("auth|token|secret|key|cookie|password", Pattern.CASE_INSENSITIVE);

    private static final Pattern NOT_OF_AN_ID = Pattern.compile("[^A-Za-z0-9_-]");

    private final Clock clock;
    private final Verdict verdict;

    WebhookProvider(Clock clock) {
        this.clock = clock;
        this.verdict = new Verdict(clock);
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public List<String> problems(Channel channel) {
        List<String> problems = new ArrayList<>(Settings.unknown(channel, "method", "headers", "body", "secrets"));
        problems.addAll(Settings.addressProblems(channel));
        problems.addAll(StandardWebhook.problems(secrets(channel)));
        if (!METHODS.contains(method(channel))) {
            problems.add("method: must be one of POST, PUT, PATCH, DELETE, GET.");
        }
        if (!BODIES.contains(body(channel))) {
            problems.add("body: must be notification (as it came in) or card (as it was rendered).");
        }
        problems.addAll(headerProblems(channel));
        return problems;
    }

    private static List<String> headerProblems(Channel channel) {
        List<String> problems = new ArrayList<>();
        if (channel.settings().get("headers") != null && !(channel.settings().get("headers") instanceof Map)) {
            problems.add("headers: must be a map of names and values.");
        }
        headers(channel).forEach((name, value) -> {
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") || !value.matches("[\\x20-\\x7E\\t]*")) {
                problems.add("headers: names and values must be plain ASCII on one line; one named "
                        + name.replaceAll("[^\\x21-\\x7E]", "?") + " is not.");
            } else if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
                problems.add("headers: " + name + " is set by the gateway itself; leave it out.");
            }
        });
        return problems;
    }

    @Override
    public URI target(Channel channel) {
        return Settings.address(channel);
    }

    /** All configured headers: most are there to prove who asks. */
    @Override
    public Map<String, String> secretHeaders(Channel channel) {
        return headers(channel);
    }

    @Override
    public ProviderRequest compose(Channel channel, List<Envelope> envelopes) {
        Envelope envelope = envelopes.getFirst();
        String method = method(channel);
        byte[] body = method.equals("GET")
                ? new byte[0]
                : WebhookBody.of(channel, envelope, body(channel).equals("card"));
        String id = id(envelope);
        Map<String, String> headers = new TreeMap<>(Trace.headers(envelope.notification(), channel.name()));
        headers.putAll(StandardWebhook.headers(secrets(channel), id, clock.instant(), body));
        headers.put("User-Agent", Product.USER_AGENT);
        if (body.length > 0) {
            headers.put("Content-Type", "application/json");
        }
        return new ProviderRequest(method, "", query(method, envelope), headers, body);
    }

    /** A request without a body says the least it can in its query. */
    private static Map<String, String> query(String method, Envelope envelope) {
        if (!method.equals("GET")) {
            return Map.of();
        }
        Map<String, String> query = new TreeMap<>();
        query.put("id", envelope.notification().id());
        query.put("type", envelope.notification().type());
        query.put("title", Cut.to(250, CardLines.title(envelope)));
        return query;
    }

    /** A copy that stands in for another channel is a message of its own: its receiver may be the same. */
    private static String id(Envelope envelope) {
        String id = envelope.notification().id();
        String whole = envelope.divertedFrom() == null ? id : id + "_for_" + envelope.divertedFrom();
        return isPlain(whole) ? whole : NOT_OF_AN_ID.matcher(whole).replaceAll("-");
    }

    /** As the ids are that the door gives; the pattern takes longer to say so. */
    private static boolean isPlain(String id) {
        return id.chars().allMatch(one -> one >= 'a' && one <= 'z' || one >= '0' && one <= '9');
    }

    /** Standard Webhooks: 2xx is success, 410 and other refusals of the address stop the channel, nothing is followed. */
    @Override
    public Outcome judge(Channel channel, ProviderAnswer answer) {
        return verdict.of(channel, answer, answer.text());
    }

    private static List<String> secrets(Channel channel) {
        return Settings.words(channel, "secrets");
    }

    private static String method(Channel channel) {
        return Settings.text(channel, "method").orElse("POST").toUpperCase(Locale.ROOT);
    }

    private static String body(Channel channel) {
        return Settings.text(channel, "body").orElse("notification");
    }

    private static Map<String, String> headers(Channel channel) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Settings.map(channel, "headers").forEach((name, value) -> {
            headers.put(String.valueOf(name), String.valueOf(value));
            if (CREDENTIAL.matcher(String.valueOf(name)).find()) {
                Secret.of(String.valueOf(value));
            }
        });
        return headers;
    }
}
