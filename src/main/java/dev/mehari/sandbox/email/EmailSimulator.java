package dev.mehari.sandbox.email;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.EncodedWords;
import dev.mehari.sandbox.Fault;
import dev.mehari.sandbox.Inbox;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.sandbox.Request;
import dev.mehari.sandbox.Simulator;
import dev.mehari.sandbox.Snowflakes;
import dev.mehari.sandbox.Violations;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes letters of type {@code message/rfc822} by {@code POST /CHANNEL}. The body of an answer is the SMTP reply; its
 * status is 200 for 250, 400 for what is wrong with the letter, 401 for 535, 404 for a mailbox that is none, 503 for 4xx.
 */
public final class EmailSimulator implements Simulator {
    private static final int LARGEST = 25 << 20;
    private static final int LONGEST_LINE = 998;
    private static final List<String> ONCE = List.of(
            "from", "to", "cc", "subject", "date", "message-id", "content-type", "mime-version", "reply-to", "sender");

    private final Inbox inbox;
    private final Violations violations;
    private final Snowflakes ids;
    private final Clock clock;

    public EmailSimulator(Inbox inbox, Violations violations, Clock clock) {
        this.inbox = inbox;
        this.violations = violations;
        this.ids = new Snowflakes(clock);
        this.clock = clock;
    }

    @Override
    public String provider() {
        return "email";
    }

    @Override
    public String register(String channel) {
        return "/" + channel;
    }

    @Override
    public Optional<String> channelOf(Request request) {
        return request.path().matches("/[A-Za-z0-9._-]{1,64}")
                ? Optional.of(request.path().substring(1))
                : Optional.empty();
    }

    @Override
    public Answer answer(Request request) {
        Optional<String> channel = channelOf(request);
        if (channel.isEmpty() || !request.method().equals("POST")) {
            return reply(404, "550 5.1.1 no such mailbox");
        }
        Letter letter = Letter.parse(request.text());
        String problem = problem(request, letter);
        if (!problem.isEmpty()) {
            violations.add(channel.get(), "refused", problem);
            return reply(400, problem);
        }
        String id = ids.next();
        inbox.add(new InboxMessage(
                id,
                channel.get(),
                provider(),
                clock.instant(),
                letter.head("from").map(EncodedWords::decode).orElse(""),
                letter.text().orElse("").strip(),
                JsonNodeFactory.instance.arrayNode(),
                List.of(),
                heads(letter),
                InboxMessage.Raw.of(request)));
        return reply(200, "250 2.0.0 Ok: queued as " + id);
    }

    @Override
    public Answer fail(Request request, Fault fault) {
        return switch (fault.kind()) {
            case DELETED -> reply(404, "550 5.1.1 no such mailbox");
            case UNAUTHORIZED -> reply(401, "535 5.7.8 authentication credentials invalid");
            case RATE_LIMITED, BANNED ->
                reply(429, "450 4.7.1 too many messages, try again later").with("Retry-After", fault.wholeSeconds());
            default -> reply(fault.statusOr503(), "421 4.3.2 service not available");
        };
    }

    private static String problem(Request request, Letter letter) {
        if (!request.mediaType().equals("message/rfc822")) {
            return "554 5.6.1 the content type must be message/rfc822";
        }
        if (request.body().length > LARGEST) {
            return "552 5.3.4 message too big";
        }
        String text = request.text();
        if (text.replace("\r\n", "").chars().anyMatch(unit -> unit == '\r' || unit == '\n')) {
            return "550 5.6.11 lines must end with CR LF";
        }
        if (text.lines().anyMatch(line -> line.length() > LONGEST_LINE)) {
            return "550 5.6.0 a line is longer than " + LONGEST_LINE + " characters";
        }
        for (String needed : List.of("from", "to", "date", "message-id")) {
            if (letter.head(needed).isEmpty()) {
                return "550 5.6.0 the head " + needed + " is missing";
            }
        }
        return ONCE.stream()
                .filter(name -> letter.count(name) > 1)
                .findFirst()
                .map(name -> "550 5.6.0 the head " + name + " is there twice")
                .orElse("");
    }

    private static Map<String, String> heads(Letter letter) {
        Map<String, String> heads = new LinkedHashMap<>();
        for (String name : List.of("from", "to", "subject", "message-id")) {
            letter.head(name).ifPresent(value -> heads.put(name, EncodedWords.decode(value)));
        }
        return heads;
    }

    private static Answer reply(int status, String line) {
        return Answer.text(status, "text/plain; charset=utf-8", line);
    }
}
