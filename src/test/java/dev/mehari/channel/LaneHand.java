package dev.mehari.channel;

import dev.mehari.notification.Notification;
import dev.mehari.redis.RedisGate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Does with one real lane what a delivery route would, one delivery after another, in order. */
public final class LaneHand {
    public static final String PREFIX = "test:";

    private final Lane lane;
    private final Lanes lanes;
    private final RedisGate redis;
    private LaneEntry entry;

    public LaneHand(String channel, RedisGate redis, Clock clock) {
        this.redis = redis;
        lanes = new Lanes(new LaneSettings(PREFIX, "hand", 100_000), redis, clock, new WakeUp(), type -> type);
        lane = lanes.of(channel);
    }

    public void tell(Runnable told) {
        lanes.tell(told);
    }

    public static Channels channels(String... names) throws Exception {
        var channels = new Channels();
        var all = new java.util.LinkedHashMap<String, Channel>();
        for (var name : names) {
            all.put(name, null);
        }
        channels.replace(all);
        return channels;
    }

    public void put(Notification notification) {
        redis.await(start(notification));
    }

    public CompletionStage<Boolean> start(Notification notification) {
        return lanes.put(lane.channel(), notification, null);
    }

    public void replay(Notification notification, String mark) {
        redis.await(lanes.replay(lane.channel(), notification, null, mark));
    }

    public LaneHand take() {
        entry = ((Lane.Look.Taken) lane.take(1, true, "")).entries().get(0);
        return this;
    }

    public void hold(Instant until, int status, long millis) {
        var hold = new Settlement.Hold(until, true, false, LaneEntry.Mark.NONE, "HTTP " + status);
        lane.hold(List.of(entry), hold, new AttemptNote("retry", status, millis));
    }

    public void deliver(String messageId, long millis) {
        end(new Settlement.Delivered(messageId), new AttemptNote("delivered", 204, millis));
    }

    public void giveUp(String reason) {
        end(new Settlement.Dead(reason), null);
    }

    private void end(Settlement.Final end, @Nullable AttemptNote note) {
        lane.await(List.of(lane.finish(entry, end, entry.attempts() + 1, note)));
    }

    public Map<String, Long> ledger() {
        return lane.status().ledger();
    }
}
