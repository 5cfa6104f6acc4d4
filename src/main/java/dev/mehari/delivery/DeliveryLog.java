package dev.mehari.delivery;

import dev.mehari.channel.DeliveryBatch;
import dev.mehari.channel.LaneEntry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of every attempt what it came to: one wide line in the log, and the metrics. Thread-safe. */
class DeliveryLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mehari.delivery.attempts");

    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<String, Timer> durations = new ConcurrentHashMap<>();
    private final Map<String, Timer> latencies = new ConcurrentHashMap<>();
    private final Map<String, Counter> attempts = new ConcurrentHashMap<>();

    DeliveryLog(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    void delivered(DeliveryBatch batch, Attempt attempt) {
        var took = took(attempt);
        long now = clock.millis();
        count(batch, "delivered", took);
        for (var entry : batch.entries()) {
            latency(batch.channel().name()).record(Duration.ofMillis(Math.max(0, now - entry.queuedAt())));
            LOG.info(
                    "delivery.attempted id={} channel={} type={} outcome=delivered attempt={} shared={} ms={} trace={}",
                    entry.notification().id(),
                    batch.channel().name(),
                    entry.notification().type(),
                    entry.attempts() + 1,
                    batch.entries().size(),
                    took.toMillis(),
                    entry.notification().traceId());
        }
    }

    /** Of a delivery that goes in several requests, one has arrived. */
    void partDelivered(DeliveryBatch batch, Attempt attempt, int part, int parts) {
        var took = took(attempt);
        count(batch, "delivered", took);
        var notification = batch.entries().getFirst().notification();
        LOG.info(
                "delivery.attempted id={} channel={} type={} outcome=delivered part={}/{} ms={} trace={}",
                notification.id(),
                batch.channel().name(),
                notification.type(),
                part,
                parts,
                took.toMillis(),
                notification.traceId());
    }

    void failed(DeliveryBatch batch, Attempt attempt, String outcome, String reason, String decision) {
        var took = took(attempt);
        count(batch, outcome, took);
        for (var entry : batch.entries()) {
            LOG.warn(
                    "delivery.attempted id={} channel={} type={} outcome={} attempt={} shared={} ms={} decision={} trace={} reason={}",
                    entry.notification().id(),
                    batch.channel().name(),
                    entry.notification().type(),
                    outcome,
                    entry.attempts() + 1,
                    batch.entries().size(),
                    took.toMillis(),
                    decision,
                    entry.notification().traceId(),
                    reason);
        }
    }

    void diverted(DeliveryBatch batch, LaneEntry entry, String to, String reason) {
        LOG.warn(
                "delivery.diverted id={} channel={} to={} trace={} reason={}",
                entry.notification().id(),
                batch.channel().name(),
                to,
                entry.notification().traceId(),
                reason);
    }

    private void count(DeliveryBatch batch, String outcome, Duration took) {
        var channel = batch.channel().name();
        attempts.computeIfAbsent(
                        channel + "/" + outcome,
                        key -> Counter.builder("mehari.delivery.attempts")
                                .description("Provider requests, by what they came to")
                                .tag("channel", channel)
                                .tag("outcome", outcome)
                                .register(meters))
                .increment();
        durations
                .computeIfAbsent(
                        channel, key -> timer("mehari.delivery.duration", "Time of a provider request", channel))
                .record(took);
    }

    private Timer latency(String channel) {
        return latencies.computeIfAbsent(
                channel,
                key -> timer("mehari.delivery.latency", "From the lane's entry to the provider's success", channel));
    }

    private Timer timer(String name, String description, String channel) {
        return Timer.builder(name)
                .description(description)
                .tag("channel", channel)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(5))
                .register(meters);
    }

    private static Duration took(Attempt attempt) {
        return Duration.ofNanos(System.nanoTime() - attempt.startedNanos());
    }
}
