package dev.mehari.deadletter;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Why a delivery was given up. A closed set: the metric label and the filter word of the API. */
public enum DeadReason {
    /** every attempt the channel allows was spent, and no fallback took over */
    ATTEMPTS_EXHAUSTED("attempts-exhausted"),
    /** the provider refuses this message, even as plain text */
    MESSAGE_REJECTED("message-rejected"),
    /** the destination itself refuses everything, and no fallback took over */
    CHANNEL_REJECTED("channel-rejected"),
    /** its template could not be turned into a card */
    RENDER_FAILED("render-failed"),
    /** came through Redis and could not be read: the raw text is kept */
    NOT_UNDERSTOOD("not-understood"),
    /** came through Redis and was read, but a field is missing or wrong: the raw text is kept */
    INVALID("invalid"),
    /** routed to a channel that does not exist */
    NO_CHANNEL("no-channel"),
    /** the router threw before a channel was chosen, and nobody waited for the answer */
    ROUTING_FAILED("routing-failed"),
    /** the delivery route failed in a way that trying again will not mend */
    DELIVERY_FAILED("delivery-failed");

    private final String word;

    DeadReason(String word) {
        this.word = word;
    }

    /**
     * Reads the kebab-case word.
     *
     * @throws IllegalArgumentException when it is none of the set; the message lists them
     */
    @JsonCreator
    public static DeadReason of(String word) {
        for (DeadReason reason : values()) {
            if (reason.word.equals(word)) {
                return reason;
            }
        }
        var known = Arrays.stream(values()).map(DeadReason::toString).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("'" + word + "' is no reason of a dead letter; use one of " + known + ".");
    }

    @JsonValue
    @Override
    public String toString() {
        return word;
    }
}
