package dev.mehari.reload;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** Law 4 in figures, by kind: whether all files on disk are in use, since when, how many, and the refused edits. */
final class ReloadMetrics {

    private final MeterRegistry registry;
    private final Map<String, Figures> kinds = new ConcurrentHashMap<>();

    ReloadMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Figures(boolean success, Instant lastSuccess, int files) {}

    /** {@code success}: whether every file of the kind on disk is in use. */
    void taken(String kind, int files, boolean success, Instant at) {
        kinds.put(kind, new Figures(success, at, files));
        gauge("mehari.reload.success", "1 while every file on disk is in use", kind, now -> now.success() ? 1 : 0);
        gauge("mehari.reload.files", "Files in use", kind, Figures::files);
        gauge(
                "mehari.reload.last-success",
                "When an edit was last taken, seconds since 1970",
                kind,
                now -> now.lastSuccess().getEpochSecond());
        registry.counter("mehari.reload.refused", "kind", kind);
    }

    void refused(String kind) {
        registry.counter("mehari.reload.refused", "kind", kind).increment();
    }

    /** To register a second time changes nothing. */
    private void gauge(String name, String description, String kind, ToDoubleFunction<Figures> value) {
        Gauge.builder(name, kinds, all -> value.applyAsDouble(all.get(kind)))
                .description(description)
                .tag("kind", kind)
                .strongReference(true)
                .register(registry);
    }
}
