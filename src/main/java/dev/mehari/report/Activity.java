package dev.mehari.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was delivered over a period, step by step without a gap. Immutable.
 *
 * @param step how long each is, an hour or a day
 * @param zone whose times people read
 */
record Activity(Duration step, ZoneId zone, List<Point> points) {

    /**
     * The deliveries that were queued in one step.
     *
     * @param failed given up or expired
     * @param p50 milliseconds from the queue to the arrival; null when nothing arrived; likewise p95
     */
    record Point(
            Instant at,
            long delivered,
            long diverted,
            long failed,
            @Nullable Long p50,
            @Nullable Long p95) {}

    boolean isEmpty() {
        return points.stream().allMatch(point -> point.delivered() + point.diverted() + point.failed() == 0);
    }
}
