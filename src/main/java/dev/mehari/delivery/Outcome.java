package dev.mehari.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one attempt came to. The closed set of DESIGN: every provider's answer is one of these. Immutable. */
public sealed interface Outcome {

    /** The provider has it. {@code messageId} is its own name for the message, when it tells one. */
    record Delivered(@Nullable String messageId) implements Outcome {}

    /** It may work later: 408, 425, 5xx, time-out, DNS, TLS. {@code retryAfter} when the provider named a time. */
    record Retry(String reason, @Nullable Duration retryAfter) implements Outcome {}

    /** Too fast; no attempt is spent. {@code scope} says who must wait until {@code delay} is over. */
    record RateLimited(Duration delay, Scope scope) implements Outcome {}

    /** The destination itself is broken (401, 403, 404, 410): nothing will work until somebody mends it. */
    record ChannelRejected(String reason) implements Outcome {}

    /**
     * The destination has a new name: {@code setting} of the channel is {@code to} from now on. To be remembered for the
     * channel; the message is tried again there at once, and no attempt is spent.
     */
    record Moved(String setting, String to) implements Outcome {}

    /** This message is bad (400, 413, 422), others may be good. */
    record MessageRejected(String reason) implements Outcome {}

    /** Who a rate limit holds for. */
    enum Scope {
        /** this webhook or chat */
        CHANNEL,
        /** every webhook that writes into the same chat channel */
        SHARED,
        /** all that goes to this provider's host from here */
        HOST
    }
}
