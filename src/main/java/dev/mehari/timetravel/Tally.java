package dev.mehari.timetravel;

import dev.mehari.history.Traffic.Passed;
import dev.mehari.routing.DryRouter.Way;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Counts what moves, in memory that does not grow with the traffic. For one thread. */
final class Tally {
    private static final int MOST_GROUPS = 500;
    private static final int EXAMPLES = 5;

    private final Map<Kind, Counted> groups = new LinkedHashMap<>();
    private long notifications;
    private long moved;
    private long withoutContent;
    private long failed;
    private long inNoGroup;
    private @Nullable String failure;

    private record Kind(String type, List<String> went, List<String> now, List<String> then) {}

    private static final class Counted {
        private final List<String> examples = new ArrayList<>();
        private long count;
    }

    void add(Passed passed, Way now, Way then) {
        notifications++;
        withoutContent += passed.whole() ? 0 : 1;
        if (then.failure() != null) {
            failed++;
            failure = failure == null ? then.failure() : failure;
        }
        // The order of channels is no difference: each has a lane of its own.
        if (!new TreeSet<>(now.channels()).equals(new TreeSet<>(then.channels()))) {
            moved++;
            group(passed, now, then);
        }
    }

    private void group(Passed passed, Way now, Way then) {
        var kind = new Kind(
                passed.notification().type(),
                sorted(passed.channels()),
                sorted(now.channels()),
                sorted(then.channels()));
        var counted = groups.get(kind);
        if (counted == null && groups.size() < MOST_GROUPS) {
            counted = new Counted();
            groups.put(kind, counted);
        }
        if (counted == null) {
            inNoGroup++;
            return;
        }
        counted.count++;
        if (counted.examples.size() < EXAMPLES) {
            counted.examples.add(passed.notification().id());
        }
    }

    private static List<String> sorted(Iterable<String> channels) {
        var sorted = new TreeSet<String>();
        channels.forEach(sorted::add);
        return List.copyOf(sorted);
    }

    Differences result(Instant from, Instant to, boolean complete, Set<String> notCalled) {
        var most = groups.entrySet().stream()
                .map(group -> new Differences.Group(
                        group.getKey().type(),
                        group.getKey().went(),
                        group.getKey().now(),
                        group.getKey().then(),
                        group.getValue().count,
                        List.copyOf(group.getValue().examples)))
                .sorted(Comparator.comparingLong(Differences.Group::count).reversed())
                .toList();
        return new Differences(
                from, to, notifications, moved, withoutContent, failed, failure, complete, notCalled, most, inNoGroup);
    }
}
