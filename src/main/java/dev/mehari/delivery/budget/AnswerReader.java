package dev.mehari.delivery.budget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mehari.channel.Channel;
import dev.mehari.delivery.LongestWait;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Outcome.RateLimited;
import dev.mehari.delivery.Outcome.Scope;
import dev.mehari.delivery.ProviderAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Learns from a provider's answer what it takes, and obeys what it asks for. Thread-safe. */
class AnswerReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String WEBHOOK = "webhook:";

    private final Plans plans;
    private final Pauses pauses;
    private final DiscordChannels discordChannels;
    private final RateLimits limits;
    private final Duration margin;
    private final LongestWait longestWait;

    AnswerReader(
            Plans plans,
            Pauses pauses,
            DiscordChannels discordChannels,
            RateLimits limits,
            Duration margin,
            LongestWait longestWait) {
        this.plans = plans;
        this.pauses = pauses;
        this.discordChannels = discordChannels;
        this.limits = limits;
        this.margin = margin;
        this.longestWait = longestWait;
    }

    void read(Channel channel, Plan plan, ProviderAnswer answer, Outcome outcome) {
        if (outcome instanceof RateLimited limited) {
            limits.refused(channel.name(), limited.scope());
            limits.waits(channel.name(), limited.scope(), limited.delay());
            pauses.add(plan, limited.scope(), limited.delay());
            return;
        }
        number(answer, "x-ratelimit-limit").ifPresent(limit -> plans.learn(plan, limit.intValue()));
        if (number(answer, "x-ratelimit-remaining").filter(left -> left <= 0).isPresent()) {
            number(answer, "x-ratelimit-reset-after")
                    .ifPresent(seconds -> pauses.add(
                            plan,
                            Scope.CHANNEL,
                            longestWait
                                    .bound(Duration.ofMillis((long) Math.ceil(seconds * 1000)))
                                    .plus(margin)));
        }
        boolean discord = plan.own().startsWith(WEBHOOK);
        // A message in a thread tells the thread; its webhook is of the channel around it.
        if (discord
                && outcome instanceof Outcome.Delivered
                && !channel.settings().containsKey("thread")) {
            learn(plan, answer);
        }
    }

    /** Takes note of the Discord channel that a message or a webhook tells. */
    void learn(Plan plan, ProviderAnswer answer) {
        text(answer, "channel_id")
                .ifPresent(id -> discordChannels.said(plan.host(), plan.own().substring(WEBHOOK.length()), id));
    }

    private static Optional<String> text(ProviderAnswer answer, String field) {
        try {
            return Optional.ofNullable(JSON.readTree(answer.body()))
                    .map(body -> body.path(field))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** Discord's numbers have decimals. */
    private static Optional<Double> number(ProviderAnswer answer, String header) {
        try {
            return answer.header(header).map(String::strip).map(Double::valueOf).filter(Double::isFinite);
        } catch (NumberFormatException unreadable) {
            return Optional.empty();
        }
    }
}
