package dev.mehari.sandbox.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.Fault;
import dev.mehari.sandbox.Inbox;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.sandbox.Request;
import dev.mehari.sandbox.Simulator;
import dev.mehari.sandbox.Snowflakes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A generic webhook's receiver: takes any method and any body, answers 200. */
public final class WebhookSimulator implements Simulator {
    private static final Pattern PATH = Pattern.compile("/([A-Za-z0-9._-]{1,64})(?:/.*)?");
    private final Inbox inbox;
    private final Snowflakes ids;
    private final Clock clock;

    public WebhookSimulator(Inbox inbox, Clock clock) {
        this.inbox = inbox;
        this.ids = new Snowflakes(clock);
        this.clock = clock;
    }

    @Override
    public String provider() {
        return "webhook";
    }

    @Override
    public String register(String channel) {
        return "/" + channel;
    }

    @Override
    public Optional<String> channelOf(Request request) {
        Matcher path = PATH.matcher(request.path());
        return path.matches() ? Optional.of(path.group(1)) : Optional.empty();
    }

    @Override
    public Answer answer(Request request) {
        Optional<String> channel = channelOf(request);
        if (channel.isEmpty()) {
            return Answer.text(404, "text/plain", "Not Found");
        }
        inbox.add(new InboxMessage(
                ids.next(),
                channel.get(),
                provider(),
                clock.instant(),
                null,
                request.text(),
                JsonNodeFactory.instance.arrayNode(),
                List.of(),
                Map.of(),
                InboxMessage.Raw.of(request)));
        return Answer.json(200, JsonNodeFactory.instance.objectNode().put("ok", true));
    }

    @Override
    public Answer fail(Request request, Fault fault) {
        return switch (fault.kind()) {
            case DELETED -> Answer.text(410, "text/plain", "Gone");
            case UNAUTHORIZED -> Answer.text(401, "text/plain", "Unauthorized");
            case RATE_LIMITED ->
                Answer.text(429, "text/plain", "Too Many Requests").with("Retry-After", fault.wholeSeconds());
            case BANNED -> Answer.text(429, "text/html", "<h1>Too many requests</h1>");
            default -> Answer.text(fault.statusOr503(), "text/plain", "");
        };
    }
}
