package dev.mehari.api;

import dev.mehari.history.Statistics;
import dev.mehari.history.Statistics.Bucket;
import dev.mehari.history.Statistics.By;
import dev.mehari.http.ApiException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Statistics over time. */
@RestController
class HistoryController {
    private static final int MOST_BUCKETS = 1_500;
    private static final int USUAL_BUCKETS = 30;

    private final Statistics statistics;
    private final Clock clock;

    HistoryController(Statistics statistics, Clock clock) {
        this.statistics = statistics;
        this.clock = clock;
    }

    /** @param buckets those in which something was queued, oldest first */
    @Schema(name = "StatisticsOverTime")
    record History(String by, Instant from, Instant to, List<Bucket> buckets) {}

    @GetMapping("/api/v1/stats/history")
    History history(
            @RequestParam(defaultValue = "hour") String by,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable String type) {
        var unit = unit(by);
        var end = Objects.requireNonNullElse(Moments.of("to", to, clock), clock.instant());
        var usual = end.minus(unit.width().multipliedBy(USUAL_BUCKETS));
        var start = Objects.requireNonNullElse(Moments.of("from", from, clock), usual);
        if (!start.isBefore(end)
                || start.plus(unit.width().multipliedBy(MOST_BUCKETS)).isBefore(end)) {
            throw ApiException.invalid(
                    "from and to enclose no time, or more than " + MOST_BUCKETS + " " + by + "s; narrow them.");
        }
        return new History(by, start, end, statistics.over(unit, start, end, channel, type));
    }

    private static By unit(String by) {
        return Arrays.stream(By.values())
                .filter(unit -> unit.name().equalsIgnoreCase(by))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid("by is '" + by + "'; give minute, hour or day."));
    }
}
