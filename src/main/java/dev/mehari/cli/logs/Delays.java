package dev.mehari.cli.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures from step to step within each trace, and says which step was slow: by the time the line itself tells, else by
 * the delay. Remembers the traces used last, a bounded number. For one thread.
 */
final class Delays {
    private static final int MOST_TRACES = 50_000;

    private final List<Threshold> thresholds;
    private final Duration shortest;
    private final Map<String, Instant> traces = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_TRACES;
        }
    };
    private final Map<String, Instant> untraced = new LinkedHashMap<>();

    Delays(List<Threshold> thresholds) {
        this.thresholds = thresholds;
        this.shortest = thresholds.stream()
                .map(Threshold::slow)
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** @param timeline what an untraced line is measured in */
    Step next(LogLine line, String timeline) {
        Instant before =
                line.traceId() == null ? untraced.put(timeline, line.at()) : traces.put(line.traceId(), line.at());
        Duration delay = before == null ? null : Duration.between(before, line.at());
        Duration judged = line.took() != null ? line.took() : line.traceId() == null ? null : delay;
        // Most steps are quick, whatever they are: their words need no look.
        Optional<Threshold> kind = judged == null || judged.compareTo(shortest) <= 0
                ? Optional.empty()
                : thresholds.stream()
                        .filter(threshold -> threshold.concerns(line))
                        .findFirst();
        return new Step(line, delay, speed(kind.orElse(null), judged), kind.orElse(null), judged);
    }

    private static Speed speed(@Nullable Threshold kind, @Nullable Duration judged) {
        return kind == null || judged == null ? Speed.FINE : kind.judge(judged);
    }
}
