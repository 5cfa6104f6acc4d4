package dev.mehari.channel;

import dev.mehari.redis.RedisAway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that empties one lane while its route runs. At most one worker of a process works on a lane: a new one waits
 * until the former has finished what it had under way.
 */
abstract sealed class LaneWorker implements Runnable permits OrderedWorker, ConcurrentWorker {
    private static final Logger LOG = LoggerFactory.getLogger(LaneWorker.class);
    private static final Duration REDIS_PAUSE = Duration.ofMillis(500);
    private static final Duration OWNER_CHECK = Duration.ofSeconds(2);
    /** How often a lane is searched for what has expired, while anything is in it. */
    private static final Duration EXPIRY_LOOK = Duration.ofSeconds(3);

    private static final int EXPIRED_AT_ONCE = 200;
    private static final int EXPIRED_IN_A_ROW = 20;

    final ChannelEndpoint endpoint;
    final ChannelConfiguration configuration;
    final Lane lane;
    final BatchProcessor processor;
    private volatile boolean running = true;
    private String deadNode = "";
    private boolean redisAway;
    /** Whether nothing stood in the lane at the last look: what has come since is met by the next, or was handed over. */
    private boolean stoodEmpty;

    private long expiredAt = System.nanoTime() - EXPIRY_LOOK.toNanos();

    LaneWorker(ChannelEndpoint endpoint, BatchProcessor processor) {
        this.endpoint = endpoint;
        this.configuration = endpoint.configuration();
        this.lane = endpoint.lane();
        this.processor = processor;
    }

    static LaneWorker of(ChannelEndpoint endpoint, BatchProcessor processor) {
        var channel = endpoint.configuration().channels().get(endpoint.getName());
        return channel.concurrency() > 1
                ? new ConcurrentWorker(endpoint, processor, channel.concurrency())
                : new OrderedWorker(endpoint, processor);
    }

    /** Takes nothing more; what is under way is finished. Returns at once. */
    void stop() {
        running = false;
        configuration.wakeUp().call(lane.channel());
    }

    boolean running() {
        return running && !Thread.currentThread().isInterrupted();
    }

    @Override
    public void run() {
        lane.workerLock.lock();
        try {
            begin();
            while (running()) {
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            finish();
            lane.workerLock.unlock();
        }
    }

    private void round() throws InterruptedException {
        try {
            work();
            if (redisAway) {
                LOG.info("Redis is back; channel {} goes on", lane.channel());
                redisAway = false;
            }
        } catch (RedisAway e) {
            if (!redisAway) {
                LOG.warn("Channel {} waits for Redis: {}", lane.channel(), e.getMessage());
                redisAway = true;
            }
            startOver();
            Thread.sleep(REDIS_PAUSE);
        } catch (UnknownChannel e) {
            running = false;
        } catch (RuntimeException e) {
            LOG.error("Channel {} met an unexpected problem and goes on", lane.channel(), e);
            startOver();
            Thread.sleep(REDIS_PAUSE);
        }
    }

    /** Called when it is the worker's turn, in its thread. */
    void begin() {}

    /** One look into the lane and what follows from it. */
    abstract void work() throws InterruptedException;

    /** Forgets what was taken: the next look begins with what is unfinished. */
    abstract void startOver();

    /** Called when the worker ends, in its thread. */
    void finish() {}

    Lane.Look look(int count, boolean anew) {
        var look = lane.take(count, anew, deadNode);
        deadNode = "";
        stoodEmpty = look instanceof Lane.Look.Taken taken && taken.standing() == 0;
        return look;
    }

    /** Waits for a reason to look again, after a look that brought nothing. */
    void await(Lane.Look look) throws InterruptedException {
        var atMost = switch (look) {
            case Lane.Look.Owned owned -> {
                deadNode = configuration.nodes().gone(owned.by()) ? owned.by() : "";
                yield deadNode.isEmpty() ? OWNER_CHECK : Duration.ZERO;
            }
            case Lane.Look.OnHold hold -> {
                var rest = Duration.ofMillis(
                        hold.untilMillis() - configuration.clock().millis());
                yield rest.compareTo(expiryLook()) < 0 ? rest : expiryLook();
            }
            case Lane.Look.Paused paused -> expiryLook();
            case Lane.Look.Taken taken -> configuration.lookAgain();
        };
        configuration.wakeUp().await(lane.channel(), atMost);
    }

    /** How long a lane with something in it goes without being searched for what has expired. */
    Duration expiryLook() {
        var lookAgain = configuration.lookAgain();
        return lookAgain.compareTo(EXPIRY_LOOK) < 0 ? lookAgain : EXPIRY_LOOK;
    }

    /** Whether it is time to search the lane for what has expired. */
    boolean expiryLookIsDue() {
        long now = System.nanoTime();
        if (now - expiredAt < expiryLook().toNanos()) {
            return false;
        }
        expiredAt = now;
        return true;
    }

    /**
     * Ends what nobody wants any more, wherever in the lane it stands and whatever holds the lane up. In an empty lane there is
     * nothing to search.
     *
     * @param busy entry ids that are left alone
     * @return the entry ids that were ended
     */
    Set<String> expire(Channel channel, Set<String> busy) {
        if (stoodEmpty && busy.isEmpty()) {
            return Set.of();
        }
        var ended = new HashSet<String>();
        for (int i = 0; i < EXPIRED_IN_A_ROW; i++) {
            var found = lane.expired(channel.expireAfter(), EXPIRED_AT_ONCE);
            var free = found.stream()
                    .filter(entry -> !busy.contains(entry.entryId()))
                    .toList();
            lane.expire(free);
            free.forEach(entry -> ended.add(entry.entryId()));
            if (free.size() < EXPIRED_AT_ONCE) {
                break;
            }
        }
        return ended;
    }

    boolean expired(LaneEntry entry, Channel channel) {
        long now = configuration.clock().millis();
        var expiry = entry.notification().expiresAt();
        return entry.queuedAt() + channel.expireAfter().toMillis() < now
                || expiry != null && expiry.toEpochMilli() < now;
    }

    /** Takes out what nobody wants any more, or nobody may send. */
    List<LaneEntry> withoutExpired(List<LaneEntry> entries, Channel channel) {
        var alive = new ArrayList<LaneEntry>(entries.size());
        var takenBack = new ArrayList<LaneEntry>();
        var tooOld = new ArrayList<LaneEntry>();
        for (var entry : entries) {
            (lane.expunged().concerns(entry) ? takenBack : expired(entry, channel) ? tooOld : alive).add(entry);
        }
        lane.suppress(takenBack);
        lane.expire(tooOld);
        return alive;
    }
}
