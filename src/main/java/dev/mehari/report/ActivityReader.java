package dev.mehari.report;

import dev.mehari.history.Statistics;
import dev.mehari.history.Statistics.Bucket;
import dev.mehari.history.Statistics.By;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads from the history what went on in a period, by hours or, over more than a week, by days. Thread-safe. */
class ActivityReader {
    private static final Duration LONGEST_BY_HOURS = Duration.ofDays(8);
    /** The chart of a longer period shows its end. */
    private static final int MOST_STEPS = 400;

    private final Statistics statistics;

    ActivityReader(Statistics statistics) {
        this.statistics = statistics;
    }

    /** Whether the history can be asked, or never can: false while PostgreSQL is only just starting. */
    boolean settled() {
        return statistics.settled();
    }

    /** @throws dev.mehari.history.HistoryAway it cannot be asked now */
    Activity read(Instant from, Instant to, ZoneId zone) {
        By by = Duration.between(from, to).compareTo(LONGEST_BY_HOURS) > 0 ? By.DAY : By.HOUR;
        Instant earliest = to.minus(by.width().multipliedBy(MOST_STEPS));
        Instant begin = from.isBefore(earliest) ? earliest : from;
        return filled(by.width(), begin, to, zone, statistics.over(by, begin, to, null, null));
    }

    /** Steps in which nothing was queued have no bucket. */
    static Activity filled(Duration step, Instant from, Instant to, ZoneId zone, List<Bucket> buckets) {
        Map<Instant, Bucket> known = new HashMap<>();
        buckets.forEach(bucket -> known.put(bucket.at(), bucket));
        List<Activity.Point> points = new ArrayList<>();
        long width = step.toMillis();
        for (long at = from.toEpochMilli() - Math.floorMod(from.toEpochMilli(), width);
                at < to.toEpochMilli();
                at += width) {
            Instant instant = Instant.ofEpochMilli(at);
            Bucket bucket = known.get(instant);
            points.add(bucket == null ? new Activity.Point(instant, 0, 0, 0, null, null) : point(bucket));
        }
        return new Activity(step, zone, points);
    }

    private static Activity.Point point(Bucket bucket) {
        Map<String, Long> states = bucket.states();
        return new Activity.Point(
                bucket.at(),
                states.getOrDefault("delivered", 0L),
                states.getOrDefault("diverted", 0L),
                states.getOrDefault("dead", 0L) + states.getOrDefault("expired", 0L),
                bucket.endToEndMs().p50(),
                bucket.endToEndMs().p95());
    }
}
