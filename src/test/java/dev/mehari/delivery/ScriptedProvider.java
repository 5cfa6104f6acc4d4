package dev.mehari.delivery;

import dev.mehari.channel.Channel;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A provider that writes titles, joined by a plus, and judges by the status alone; a "saga" takes three requests. */
final class ScriptedProvider implements Provider {
    static final Duration RATE_LIMIT = Duration.ofSeconds(7);

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public List<String> problems(Channel channel) {
        return List.of();
    }

    @Override
    public URI target(Channel channel) {
        return URI.create(channel.url().reveal());
    }

    @Override
    public int fits(Channel channel, List<Envelope> envelopes) {
        return parts(channel, envelopes.getFirst()) > 1 ? 1 : envelopes.size();
    }

    @Override
    public int parts(Channel channel, Envelope envelope) {
        return "saga".equals(envelope.notification().title()) ? 3 : 1;
    }

    @Override
    public ProviderRequest compose(Channel channel, List<Envelope> envelopes) {
        var text = envelopes.stream()
                .map(one -> one.notification().title()
                        + (parts(channel, one) > 1 ? " " + (one.sent() + 1) : "")
                        + (one.plain() ? " plainly" : "")
                        + (one.divertedFrom() == null ? "" : " for " + one.divertedFrom()))
                .collect(Collectors.joining("+"));
        if (text.contains("poison")) {
            throw new IllegalStateException("no request can be made of poison");
        }
        return new ProviderRequest(
                "POST",
                "/messages",
                Map.of("wait", "true"),
                Map.of("Content-Type", "text/plain"),
                text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Outcome judge(Channel channel, ProviderAnswer answer) {
        int status = answer.status();
        var reason = "HTTP " + status;
        if (status >= 200 && status < 300) {
            return new Outcome.Delivered(answer.text());
        }
        return switch (status) {
            case 429 -> new Outcome.RateLimited(RATE_LIMIT, Outcome.Scope.CHANNEL);
            case 401, 403, 404, 410 -> new Outcome.ChannelRejected(reason);
            case 400, 413, 422 -> new Outcome.MessageRejected(reason);
            default ->
                new Outcome.Retry(
                        reason,
                        answer.header("retry-after")
                                .map(Long::valueOf)
                                .map(Duration::ofSeconds)
                                .orElse(null));
        };
    }
}
