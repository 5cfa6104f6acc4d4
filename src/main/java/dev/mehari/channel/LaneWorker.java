package dev.mehari.channel;

import dev.mehari.redis.RedisAway;
import java.time.Duration;
import java.util.List;
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

    final ChannelEndpoint endpoint;
    final ChannelConfiguration configuration;
    final Lane lane;
    final BatchProcessor processor;
    private volatile boolean running = true;
    private String deadNode = "";
    private boolean redisAway;

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

    /** One look into the lane and what follows from it. */
    abstract void work() throws InterruptedException;

    /** Forgets what was taken: the next look begins with what is unfinished. */
    abstract void startOver();

    /** Called when the worker ends, in its thread. */
    void finish() {}

    Lane.Look look(int count, boolean anew) {
        var look = lane.take(count, anew, deadNode);
        deadNode = "";
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
                yield rest.compareTo(configuration.lookAgain()) < 0 ? rest : configuration.lookAgain();
            }
            case Lane.Look.Paused paused -> configuration.lookAgain();
            case Lane.Look.Taken taken -> configuration.lookAgain();
        };
        configuration.wakeUp().await(lane.channel(), atMost);
    }

    /** Takes out what nobody wants any more. */
    List<LaneEntry> withoutExpired(List<LaneEntry> entries, Channel channel) {
        long now = configuration.clock().millis();
        var alive = new java.util.ArrayList<LaneEntry>(entries.size());
        for (var entry : entries) {
            var expiry = entry.notification().expiresAt();
            boolean expired = entry.queuedAt() + channel.expireAfter().toMillis() < now
                    || expiry != null && expiry.toEpochMilli() < now;
            if (expired) {
                lane.finish(entry, new Settlement.Expired(), entry.attempts());
            } else {
                alive.add(entry);
            }
        }
        return alive;
    }
}
