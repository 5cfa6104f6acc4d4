package dev.mehari.delivery.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.channel.Channel;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Outcome.Scope;
import dev.mehari.delivery.Provider;
import dev.mehari.delivery.ProviderAnswer;
import dev.mehari.delivery.ProviderRequest;
import dev.mehari.notification.Attachment;
import dev.mehari.security.Secret;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * ntfy, in its JSON form, which goes to the server's root. The topic is the setting {@code topic}, else the last part of
 * the url. What ntfy shows is plain text, so nothing needs escaping.
 */
@Component
final class NtfyProvider implements Provider {
    private static final int MESSAGE_BYTES = 4096;
    private static final int TITLE = 250;
    /** Used up for today: asking every half minute would not help. */
    private static final int DAILY_QUOTA = 42908;

    private static final Duration UNTIL_QUOTA = Duration.ofHours(1);
    /** 400s that every message would get: the topic's name is bad or not to be used. */
    private static final List<Integer> TOPIC_ERRORS = List.of(40009, 40010);

    private final Verdict verdict;

    NtfyProvider(Clock clock) {
        this.verdict = new Verdict(clock);
    }

    @Override
    public String name() {
        return "ntfy";
    }

    @Override
    public List<String> problems(Channel channel) {
        List<String> problems = new ArrayList<>(Settings.unknown(channel, "topic", "token", "tags"));
        problems.addAll(Settings.addressProblems(channel));
        boolean readable = !channel.sandboxed() && problems.isEmpty();
        if (readable && !topic(channel).matches("[-_A-Za-z0-9]{1,64}")) {
            problems.add("topic: must be 1 to 64 letters, digits, - or _, here or as the last part of the url.");
        }
        Settings.text(channel, "token")
                .filter(token -> !token.matches("[\\x21-\\x7E]+"))
                .ifPresent(bad -> problems.add("token: must be an access token, tk_ and letters, without spaces."));
        return problems;
    }

    /** The server's root: only there a topic is read from the body. */
    @Override
    public URI target(Channel channel) {
        return Settings.address(channel)
                .resolve(path(channel).substring(0, path(channel).lastIndexOf('/') + 1));
    }

    @Override
    public Map<String, String> secretHeaders(Channel channel) {
        Secret token = Settings.secret(channel, "token");
        return token.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + token.reveal());
    }

    private static String topic(Channel channel) {
        if (channel.sandboxed()) {
            return channel.name().replaceAll("[^-_A-Za-z0-9]", "-");
        }
        return Settings.text(channel, "topic")
                .orElseGet(() -> path(channel).substring(path(channel).lastIndexOf('/') + 1));
    }

    /** The address's path, which ends with the topic; one that ends with a slash is a root already if the topic is set. */
    private static String path(Channel channel) {
        String path = Settings.address(channel).getRawPath();
        boolean root = path.isEmpty()
                || path.equals("/")
                || Settings.text(channel, "topic").isPresent();
        return root ? "/" + path.replaceFirst("^/", "") : path.replaceFirst("/+$", "");
    }

    @Override
    public ProviderRequest compose(Channel channel, List<Envelope> envelopes) {
        Envelope envelope = envelopes.getFirst();
        ObjectNode json = Json.object()
                .put("topic", topic(channel))
                .put("title", Cut.to(TITLE, CardLines.title(envelope)))
                .put("message", message(envelope))
                .put("priority", priority(envelope));
        if (!envelope.plain()) {
            extras(json, channel, envelope);
        }
        Map<String, String> headers = Map.of("Content-Type", "application/json", "User-Agent", Product.USER_AGENT);
        return new ProviderRequest("POST", "", Map.of(), headers, Json.bytes(json));
    }

    private static String message(Envelope envelope) {
        List<String> lines = new ArrayList<>();
        CardLines.standsIn(envelope).ifPresent(name -> lines.add("[" + name + "]"));
        lines.addAll(CardLines.body(envelope, List.of()));
        String text = String.join("\n", lines);
        // ntfy fills in "triggered" where there is no text.
        return Cut.toBytes(
                MESSAGE_BYTES, text.isEmpty() ? envelope.notification().type() : text, Cut.note(envelope));
    }

    private static void extras(ObjectNode json, Channel channel, Envelope envelope) {
        List<String> tags = Settings.words(channel, "tags");
        if (!tags.isEmpty()) {
            tags.forEach(json.putArray("tags")::add);
        }
        String link = CardLines.web(envelope.card().link());
        if (link != null) {
            json.put("click", link);
        }
        attached(envelope).ifPresent(address -> json.put("attach", address));
    }

    /** The card's picture, else the first attachment that has an address. */
    private static Optional<String> attached(Envelope envelope) {
        String image = Upload.image(envelope.card().image(), envelope.notification(), List.of());
        return image.isEmpty()
                ? envelope.notification().attachments().stream()
                        .map(Attachment::url)
                        .flatMap(url -> Optional.ofNullable(CardLines.web(url)).stream())
                        .findFirst()
                : Optional.of(image);
    }

    private static int priority(Envelope envelope) {
        return switch (envelope.notification().priority()) {
            case LOW -> 2;
            case NORMAL -> 3;
            case HIGH -> 4;
            case CRITICAL -> 5;
        };
    }

    /** Its limits are per visitor, which is this address: a 429 holds for the whole host. */
    @Override
    public Outcome judge(Channel channel, ProviderAnswer answer) {
        JsonNode body = Json.read(answer.body());
        int code = body.path("code").asInt(0);
        String error = body.path("error").asText("");
        Outcome outcome = verdict.of(channel, answer, error.isEmpty() ? error : error + " (" + code + ")");
        if (outcome instanceof Outcome.Delivered) {
            return new Outcome.Delivered(body.path("id").textValue());
        }
        if (outcome instanceof Outcome.RateLimited limited) {
            return new Outcome.RateLimited(code == DAILY_QUOTA ? UNTIL_QUOTA : limited.delay(), Scope.HOST);
        }
        return outcome instanceof Outcome.MessageRejected all && TOPIC_ERRORS.contains(code)
                ? new Outcome.ChannelRejected(all.reason())
                : outcome;
    }
}
