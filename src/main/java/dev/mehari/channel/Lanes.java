package dev.mehari.channel;

import dev.mehari.notification.Notification;
import dev.mehari.redis.RedisGate;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All lanes, and the way in. Thread-safe. */
public class Lanes {
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final LaneSettings settings;
    private final RedisGate redis;
    private final Clock clock;
    private final WakeUp wakeUp;
    private final UnaryOperator<String> labels;
    private final Soon soon = new Soon();
    private volatile Runnable listener = () -> {};

    /**
     * @param wakeUp wakes this process' own lanes, when it put something into one that had run empty
     * @param labels turns a notification's type into its name in counters, from a bounded set
     */
    public Lanes(LaneSettings settings, RedisGate redis, Clock clock, WakeUp wakeUp, UnaryOperator<String> labels) {
        this.settings = settings;
        this.redis = redis;
        this.clock = clock;
        this.wakeUp = wakeUp;
        this.labels = labels;
    }

    /** The lane of a channel, whether or not the channel is configured at the moment. */
    public Lane of(String channel) {
        return lanes.computeIfAbsent(
                channel, name -> new Lane(name, settings, redis, clock, wakeUp, soon, this::moved));
    }

    /**
     * Starts to put a notification into a channel's lane; durable when the answer is there. The same notification in the
     * same channel is put once, however often this is called within 24 h.
     *
     * @param divertedFrom the channel it stands in for, or null
     * @return true when it was put now, false when it was there before
     */
    public CompletionStage<Boolean> put(String channel, Notification notification, @Nullable String divertedFrom) {
        return of(channel).put(notification, notification.id(), labels.apply(notification.type()), divertedFrom);
    }

    /**
     * Puts a notification into a lane although it was there before, on purpose.
     *
     * @param mark tells this replay from others; the same mark is put once
     */
    public CompletionStage<Boolean> replay(
            String channel, Notification notification, @Nullable String divertedFrom, String mark) {
        var key = notification.id() + "~" + mark;
        return of(channel).put(notification, key, labels.apply(notification.type()), divertedFrom);
    }

    /** Starts to put a copy of another channel's delivery into a lane; the copy of a replay is a replay. */
    CompletionStage<Boolean> divert(String channel, LaneEntry entry, String divertedFrom) {
        var notification = entry.notification();
        return of(channel).put(notification, entry.key(), labels.apply(notification.type()), divertedFrom);
    }

    /**
     * Sends again, to the channel itself and through its lane, what its fallback took over; oldest first. A crash in
     * between leaves the rest on the list, and sends none twice.
     *
     * @return how many were put
     */
    public int sendDivertedAgain(String channel, int atMost) {
        var lane = of(channel);
        var diverted = lane.diverted(atMost);
        for (var delivery : diverted) {
            await(replay(channel, delivery.notification(), null, "diverted-" + delivery.entryId()));
            lane.forgetDiverted(delivery.entryId());
        }
        return diverted.size();
    }

    /** @param told is called whenever this process has put, kept or ended something in any lane: often, so it must be quick */
    public void tell(Runnable told) {
        listener = told;
    }

    private void moved() {
        listener.run();
    }

    /** Waits for a put. */
    public <T> T await(CompletionStage<T> put) {
        return redis.await(put);
    }
}
