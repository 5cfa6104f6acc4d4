package dev.mehari.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries that one exchange of a delivery route is about, and what became of each. Travels as an exchange
 * property, so that it survives the copies a circuit breaker makes. Used by one thread at a time.
 */
public final class DeliveryBatch {
    /** Exchange property that holds the batch. */
    public static final String PROPERTY = "MehariDeliveryBatch";

    private final Channel channel;
    private @Nullable String broken;
    private final Map<LaneEntry, Settlement> settlements = new LinkedHashMap<>();
    private List<LaneEntry> entries;
    private @Nullable AttemptNote attempt;

    private final Turn turn;

    DeliveryBatch(Channel channel, List<LaneEntry> entries, @Nullable String broken, Turn turn) {
        this.channel = channel;
        this.entries = List.copyOf(entries);
        this.broken = broken;
        this.turn = turn;
    }

    /** What the lane's worker does for a batch that waits for its turn to be sent. */
    interface Turn {
        /** The deliveries whose turn it is by now, in order; empty when nothing may be sent any more. */
        List<LaneEntry> now(List<LaneEntry> before);

        /** Waits, or until something comes into the lane; false when the worker is to end. */
        boolean await(Duration atMost);
    }

    public Channel channel() {
        return channel;
    }

    /** The deliveries of this attempt, in order. */
    public List<LaneEntry> entries() {
        return entries;
    }

    /** Why the destination refuses everything until somebody mends it, or null. */
    public @Nullable String broken() {
        return broken;
    }

    /** Says that the destination was found to refuse everything. */
    public void foundBroken(String reason) {
        broken = reason;
    }

    /** Leaves the deliveries after the first {@code count} for a later attempt. */
    public void keepFirst(int count) {
        entries = entries.subList(0, count);
    }

    /** Takes along what has come into the lane since; empty afterwards when nothing may be sent any more. */
    public void topUp() {
        entries = List.copyOf(turn.now(entries));
    }

    /** Waits, or until something comes into the lane; false when the worker is to end, and nothing may be sent any more. */
    public boolean await(Duration atMost) {
        return turn.await(atMost);
    }

    /** Leaves all in the lane as it stands, for a later turn. */
    public void leave() {
        entries = List.of();
    }

    /** Says that the provider was asked, and what came of it; the events carry it to the history. */
    public void attempted(AttemptNote note) {
        attempt = note;
    }

    /** What {@link #attempted} said; null when the provider was not asked. */
    @Nullable
    AttemptNote attempt() {
        return attempt;
    }

    public void settle(LaneEntry entry, Settlement settlement) {
        settlements.put(entry, settlement);
    }

    public void settleAll(Settlement settlement) {
        entries.forEach(entry -> settle(entry, settlement));
    }

    /** What was decided for the delivery; null while nothing was. */
    public @Nullable Settlement settlement(LaneEntry entry) {
        return settlements.get(entry);
    }

    /** The deliveries of this attempt nothing was decided for. */
    public List<LaneEntry> open() {
        var open = new ArrayList<>(entries);
        open.removeAll(settlements.keySet());
        return open;
    }
}
