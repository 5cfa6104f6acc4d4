package dev.mehari.delivery.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.channel.Channel;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Provider;
import dev.mehari.delivery.ProviderAnswer;
import dev.mehari.delivery.ProviderRequest;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Slack's incoming webhooks. They answer in plain words ({@code ok}, {@code no_service}) and name no message id. */
@Component
final class SlackProvider implements Provider {
    private static final Batch BATCH = new Batch(SlackBlocks.MOST, SlackBlocks.MOST, 1);
    /** What a phone shows before the message is opened. */
    private static final int FALLBACK = 1000;
    /** Of the plain form: Slack cuts at 40 000, readers give up earlier. */
    private static final int PLAIN = 3000;
    /** 400s that every message would get. */
    private static final Set<String> DESTINATION = Set.of("user_not_found", "posting_to_general_channel_denied");

    private final Verdict verdict;

    SlackProvider(Clock clock) {
        this.verdict = new Verdict(clock);
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public List<String> problems(Channel channel) {
        List<String> problems = new ArrayList<>(Settings.unknown(channel, "thread"));
        problems.addAll(Settings.orderProblems(channel));
        problems.addAll(Settings.addressProblems(channel));
        Settings.text(channel, "thread")
                .filter(thread -> !thread.matches("\\d+\\.\\d+"))
                .ifPresent(bad -> problems.add(
                        "thread: must be the first message's time stamp in quotes, \"1763625600.000100\"."));
        return problems;
    }

    @Override
    public URI target(Channel channel) {
        return Settings.address(channel);
    }

    /** Cards share a message, with a line between them, up to 50 blocks. */
    @Override
    public int fits(Channel channel, List<Envelope> envelopes) {
        return BATCH.fits(
                envelopes, Envelope::plain, envelope -> SlackBlocks.of(envelope).size());
    }

    @Override
    public ProviderRequest compose(Channel channel, List<Envelope> envelopes) {
        ObjectNode json = Json.object();
        Settings.text(channel, "thread").ifPresent(thread -> json.put("thread_ts", thread));
        Envelope first = envelopes.getFirst();
        if (first.plain()) {
            String text = SlackText.escape(String.join("\n", CardLines.of(first)));
            json.put("mrkdwn", false).put("text", SlackText.cut(PLAIN, text, Cut.note(first)));
        } else {
            json.put("text", fallback(envelopes)).put("unfurl_links", false);
            blocks(json.putArray("blocks"), envelopes);
        }
        Map<String, String> headers = Map.of("Content-Type", "application/json", "User-Agent", Product.USER_AGENT);
        return new ProviderRequest("POST", "", Map.of(), headers, Json.bytes(json));
    }

    private static String fallback(List<Envelope> envelopes) {
        String text = envelopes.stream()
                .map(envelope -> CardLines.title(envelope) + "\n"
                        + CardLines.said(envelope.card().text()))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        return SlackText.cut(FALLBACK, SlackText.escape(text), "…");
    }

    private static void blocks(ArrayNode blocks, List<Envelope> envelopes) {
        for (Envelope envelope : envelopes) {
            if (!blocks.isEmpty()) {
                blocks.addObject().put("type", "divider");
            }
            blocks.addAll(SlackBlocks.of(envelope));
        }
    }

    @Override
    public Outcome judge(Channel channel, ProviderAnswer answer) {
        String word = answer.text().strip();
        Outcome outcome = verdict.of(channel, answer, word);
        return outcome instanceof Outcome.MessageRejected rejected && DESTINATION.contains(word)
                ? new Outcome.ChannelRejected(rejected.reason())
                : outcome;
    }
}
