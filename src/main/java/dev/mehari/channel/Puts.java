package dev.mehari.channel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * What {@code to: channel:} did for one routed notification, or for many that are routed together. It travels as an
 * exchange property, so that it survives the copies that fan-out makes. Puts are started at once and in order; the door
 * waits for all of them together before it answers. Thread-safe: a route may fan out in parallel.
 */
public final class Puts {
    /** Exchange property that holds the collector. */
    public static final String PROPERTY = "MehariPuts";

    private final Map<String, Set<String>> channels = new LinkedHashMap<>();
    private final Map<String, List<CompletionStage<Boolean>>> started = new LinkedHashMap<>();
    private final boolean dryRun;

    /** @param dryRun true: only say where the notification would go, put nothing */
    public Puts(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public boolean dryRun() {
        return dryRun;
    }

    synchronized void started(String notificationId, String channel, CompletionStage<Boolean> put) {
        chosen(notificationId, channel);
        started.computeIfAbsent(notificationId, id -> new ArrayList<>()).add(put);
    }

    synchronized void chosen(String notificationId, String channel) {
        channels.computeIfAbsent(notificationId, id -> new LinkedHashSet<>()).add(channel);
    }

    /** The channels the notification was routed to, in that order. */
    public synchronized Collection<String> channelsOf(String notificationId) {
        return List.copyOf(channels.getOrDefault(notificationId, Set.of()));
    }

    /** The puts of a notification that are under way or done. */
    public synchronized List<CompletionStage<Boolean>> startedFor(String notificationId) {
        return List.copyOf(started.getOrDefault(notificationId, List.of()));
    }
}
