package dev.mehari.channel;

import dev.mehari.channel.LaneEntry.Mark;
import dev.mehari.redis.RedisAway;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one batch through the route and carries out what was decided for each delivery. This is the one place where a
 * delivery leaves a lane or is kept; a delivery that nothing was decided for is kept. Thread-safe.
 */
final class BatchProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(BatchProcessor.class);
    private static final Duration UNDECIDED_WAIT = Duration.ofSeconds(5);
    private static final Duration REDIS_PAUSE = Duration.ofMillis(500);
    /** A route that was stopped holds up its successor no longer than this many pauses. */
    private static final int TRIES_AFTER_STOP = 20;

    private final ChannelConsumer consumer;
    private final Lane lane;
    private final Clock clock;

    BatchProcessor(ChannelConsumer consumer) {
        this.consumer = consumer;
        this.lane = consumer.getEndpoint().lane();
        this.clock = consumer.getEndpoint().configuration().clock();
    }

    /**
     * Tries the batch once, and returns when what became of it is written down.
     *
     * @return the deliveries that stay in the lane after having been tried
     * @throws RedisAway the route is stopped and Redis did not come back: the batch will be tried again
     */
    List<LaneEntry> process(DeliveryBatch batch) {
        send(batch);
        return settle(batch);
    }

    /** Tries the batch once, and decides for what the route did not. Nothing of it is written down. */
    void send(DeliveryBatch batch) {
        var exchange = consumer.createExchange(false);
        try {
            exchange.setProperty(DeliveryBatch.PROPERTY, batch);
            var first = batch.entries().get(0).notification();
            exchange.getMessage().setBody(first);
            exchange.setVariable("channel", batch.channel().name());
            exchange.setVariable("id", first.id());
            exchange.setVariable("type", first.type());
            exchange.setVariable("traceId", first.traceId());
            consumer.getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        batch.open().forEach(entry -> batch.settle(entry, undecided(exchange)));
        consumer.releaseExchange(exchange, false);
    }

    private Settlement undecided(Exchange exchange) {
        var problem = exchange.getException();
        if (problem instanceof RejectedExecutionException) {
            LOG.info("Channel {}: its route is being replaced; the next one takes its delivery", lane.channel());
            return new Settlement.Hold(clock.instant(), false, false, Mark.NONE, "the route was being replaced");
        }
        LOG.error(
                "The delivery route of channel {} ended without an outcome; its delivery is kept and tried again in {} s",
                lane.channel(),
                UNDECIDED_WAIT.toSeconds(),
                problem);
        var reason = problem == null ? "the route ended without an outcome" : String.valueOf(problem.getMessage());
        return new Settlement.Hold(clock.instant().plus(UNDECIDED_WAIT), false, true, Mark.NONE, reason);
    }

    /**
     * Starts to end a delivery that the batch has a final settlement for. When Redis does not answer, it is asked again.
     *
     * @param soon whether it may be written down a moment later, with others
     * @return fails with {@link RedisAway} as {@link #settle}
     */
    CompletionStage<?> end(DeliveryBatch batch, LaneEntry entry, Settlement.Final end, boolean soon) {
        var ended =
                soon ? lane.finishSoon(entry, end, entry.attempts() + 1, batch.attempt()) : finish(batch, entry, end);
        return ended.exceptionallyComposeAsync(
                away -> {
                    settle(batch);
                    return CompletableFuture.completedStage(true);
                },
                Thread::startVirtualThread);
    }

    /**
     * Carries out what was decided, however often Redis has to be asked: to try the batch again would send it twice.
     *
     * @return the deliveries that stay in the lane
     * @throws RedisAway the route is stopped and Redis did not come back
     */
    List<LaneEntry> settle(DeliveryBatch batch) {
        int triesAfterStop = 0;
        while (true) {
            try {
                return settleOnce(batch);
            } catch (RedisAway away) {
                if (!consumer.isRunAllowed() && ++triesAfterStop >= TRIES_AFTER_STOP) {
                    throw away;
                }
                LOG.warn(
                        "Channel {} cannot write an outcome down and asks Redis again: {}",
                        lane.channel(),
                        away.getMessage());
                pause(away);
            }
        }
    }

    private static void pause(RedisAway away) {
        try {
            Thread.sleep(REDIS_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away;
        }
    }

    private List<LaneEntry> settleOnce(DeliveryBatch batch) {
        var holds = new LinkedHashMap<Settlement.Hold, List<LaneEntry>>();
        var ends = new ArrayList<CompletionStage<?>>();
        for (var entry : batch.entries()) {
            switch (batch.settlement(entry)) {
                case Settlement.Final end -> ends.add(finish(batch, entry, end));
                case Settlement.Hold hold ->
                    holds.computeIfAbsent(hold, same -> new ArrayList<>()).add(entry);
                case null -> throw new IllegalStateException("no settlement for " + entry.entryId());
            }
        }
        lane.await(ends);
        holds.forEach((hold, entries) -> lane.hold(entries, hold, batch.attempt()));
        return holds.values().stream().flatMap(List::stream).toList();
    }

    private CompletionStage<Object> finish(DeliveryBatch batch, LaneEntry entry, Settlement.Final end) {
        return lane.finish(entry, end, entry.attempts() + 1, batch.attempt());
    }
}
