package dev.mehari.tracing;

import dev.mehari.history.DeliveryWatcher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Brings spans to the collector, many in a request, from a thread of its own. While the collector is away they wait, up to
 * a limit; what is more is left out and counted. The one that tells of deliveries never waits.
 */
final class SpanExporter implements DeliveryWatcher, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SpanExporter.class);
    private static final int BATCH = 512;
    private static final Duration GATHER = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(3);

    private final DeliverySpans spans = new DeliverySpans();
    private final OtlpJson json;
    private final OtlpCollector collector;
    private final BlockingQueue<Span> waiting;
    private final Counter sent;
    private final Counter leftOut;
    private volatile boolean running;
    private @Nullable Thread thread;
    private boolean away;

    SpanExporter(OtlpJson json, OtlpCollector collector, int waiting, MeterRegistry meters) {
        this.json = json;
        this.collector = collector;
        this.waiting = new ArrayBlockingQueue<>(waiting);
        this.sent = counter("sent", meters);
        this.leftOut = counter("left-out", meters);
    }

    private static Counter counter(String outcome, MeterRegistry meters) {
        return Counter.builder("mehari.tracing.spans")
                .description("Spans, by whether the collector took them")
                .tag("outcome", outcome)
                .register(meters);
    }

    @Override
    public synchronized void happened(List<Step> steps) {
        for (var span : spans.of(steps)) {
            if (!waiting.offer(span)) {
                leftOut.increment();
            }
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("tracing").daemon().start(this::work);
        LOG.info("Traces go to {}", collector.place());
    }

    /** Sends what waits, if that is quick. */
    @Override
    public void stop() {
        running = false;
        var worker = thread;
        try {
            if (worker != null && !worker.join(STOP)) {
                worker.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the history's writer, and after it when all stops. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    private void work() {
        try {
            while (running || !waiting.isEmpty()) {
                var batch = gather();
                if (!batch.isEmpty()) {
                    send(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Span> gather() throws InterruptedException {
        var batch = new ArrayList<Span>();
        var first = waiting.poll(GATHER.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            waiting.drainTo(batch, BATCH - 1);
        }
        return batch;
    }

    private void send(List<Span> batch) throws InterruptedException {
        var packed = json.write(batch);
        var wait = Duration.ofSeconds(1);
        for (var answer = collector.send(packed); !answer.taken(); answer = collector.send(packed)) {
            say(answer.reason());
            if (!answer.later() || !running) {
                leftOut.increment(batch.size());
                return;
            }
            pause(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
        }
        sent.increment(batch.size());
        if (away) {
            away = false;
            LOG.info("Traces go to {} again", collector.place());
        }
    }

    /** Once, not for every batch. */
    private void say(String reason) {
        if (!away) {
            away = true;
            LOG.warn(
                    "The collector at {} takes no traces ({}). It must speak OTLP over HTTP, usually on port 4318; deliveries go on.",
                    collector.place(),
                    reason);
        }
    }

    private void pause(Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        while (running && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
