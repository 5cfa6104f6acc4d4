package dev.mehari.channel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * What {@code to: channel:} did for one routed notification, or for many that are routed together. It travels as an
 * exchange property, so that it survives the copies that fan-out makes. Puts are started at once and in order; the door
 * waits for all of them together before it answers. Thread-safe: a route may fan out in parallel.
 */
public final class Puts {
    /** Exchange property that holds the collector. */
    public static final String PROPERTY = "MehariPuts";

    private final Map<String, Way> ways = new HashMap<>();
    private final boolean dryRun;

    /** Where one notification goes, mostly to one channel. */
    private record Way(List<String> channels, List<CompletionStage<Boolean>> started) {
        static final Way NOWHERE = new Way(List.of(), List.of());

        static Way open() {
            return new Way(new ArrayList<>(1), new ArrayList<>(1));
        }
    }

    /** @param dryRun true: only say where the notification would go, put nothing */
    public Puts(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public boolean dryRun() {
        return dryRun;
    }

    synchronized void started(String notificationId, String channel, CompletionStage<Boolean> put) {
        to(notificationId, channel).started.add(put);
    }

    synchronized void chosen(String notificationId, String channel) {
        to(notificationId, channel);
    }

    private Way to(String notificationId, String channel) {
        var way = ways.computeIfAbsent(notificationId, id -> Way.open());
        if (!way.channels.contains(channel)) {
            way.channels.add(channel);
        }
        return way;
    }

    /** The channels the notification was routed to, in that order. */
    public synchronized Collection<String> channelsOf(String notificationId) {
        return List.copyOf(ways.getOrDefault(notificationId, Way.NOWHERE).channels);
    }

    /** The puts of a notification that are under way or done. */
    public synchronized List<CompletionStage<Boolean>> startedFor(String notificationId) {
        return List.copyOf(ways.getOrDefault(notificationId, Way.NOWHERE).started);
    }
}
