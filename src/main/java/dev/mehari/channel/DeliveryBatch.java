package dev.mehari.channel;

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
    private final @Nullable String broken;
    private final Map<LaneEntry, Settlement> settlements = new LinkedHashMap<>();
    private List<LaneEntry> entries;

    DeliveryBatch(Channel channel, List<LaneEntry> entries, @Nullable String broken) {
        this.channel = channel;
        this.entries = List.copyOf(entries);
        this.broken = broken;
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

    /** Leaves the deliveries after the first {@code count} for a later attempt. */
    public void keepFirst(int count) {
        entries = entries.subList(0, count);
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
