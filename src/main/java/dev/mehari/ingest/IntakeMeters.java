package dev.mehari.ingest;

import dev.mehari.notification.RejectedInput;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what the doors took and refused. Thread-safe. */
class IntakeMeters {
    private final MeterRegistry meters;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    IntakeMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void accepted(String source, boolean duplicate) {
        count(source, duplicate ? "duplicate" : "accepted");
    }

    void rejected(String source, RejectedInput.Reason reason) {
        count(source, reason.code());
    }

    void overflow(String source) {
        count(source, "lost-overflow");
    }

    void overQuota(String source) {
        count(source, "quota-used-up");
    }

    private void count(String source, String outcome) {
        counters.computeIfAbsent(
                        source + "/" + outcome,
                        key -> Counter.builder("mehari.ingest.notifications")
                                .description("What came through the doors, by what became of it")
                                .tag("source", source)
                                .tag("outcome", outcome)
                                .register(meters))
                .increment();
    }
}
