package dev.mehari.delivery;

import dev.mehari.channel.Channel;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a channel speaks: writes a request, and says of the answer whether it worked, whether it may be tried again, and
 * when. Stateless and safe for use by many threads.
 */
public interface Provider {

    /** The word after {@code provider:} in {@code channels.yaml}. */
    String name();

    /**
     * What is wrong with the channel's own settings, as sentences that start with the key's name; empty when nothing is.
     * Unknown settings are among it. Asked at load, so that a mistake never meets a message.
     */
    List<String> problems(Channel channel);

    /** The secret address requests go to, normalised (for Discord: {@code /api/v10/}, host kept). */
    URI target(Channel channel);

    /** Headers that must not be seen on the way: {@code Authorization}. Empty for most. */
    default Map<String, String> secretHeaders(Channel channel) {
        return Map.of();
    }

    /**
     * How many of the first envelopes fit into one request by this provider's rules; at least 1. The channel's own
     * {@code coalesce} has been applied before.
     */
    default int fits(Channel channel, List<Envelope> envelopes) {
        return 1;
    }

    /**
     * How many requests, one after the other, an envelope takes that goes alone; at least 1. Its first parts must be the
     * same in the plain form as in the rich one, because that may be asked for after some of them were sent.
     */
    default int parts(Channel channel, Envelope envelope) {
        return 1;
    }

    /**
     * Writes one request for all the envelopes, in their order; of one that takes several, the part whose turn it is. Long
     * content is split or cut by the provider's rules, and says so.
     */
    ProviderRequest compose(Channel channel, List<Envelope> envelopes);

    /** A request that changes nothing and tells what the destination is; empty when there is none, or nothing to learn. */
    default Optional<ProviderRequest> enquiry() {
        return Optional.empty();
    }

    /** Judges an answer. Never throws for anything a server can send: what it cannot read it judges by the status. */
    Outcome judge(Channel channel, ProviderAnswer answer);
}
