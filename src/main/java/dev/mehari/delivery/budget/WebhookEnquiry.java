package dev.mehari.delivery.budget;

import dev.mehari.channel.Channel;
import dev.mehari.delivery.ProviderAnswer;
import java.util.Optional;

/** Asks a provider what a channel's webhook is, without sending anything into it. */
@FunctionalInterface
public interface WebhookEnquiry {

    /** The answer, whatever it says; empty when there is none. Waits for it, and never throws. */
    Optional<ProviderAnswer> about(Channel channel);
}
