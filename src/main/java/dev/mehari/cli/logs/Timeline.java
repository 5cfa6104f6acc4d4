package dev.mehari.cli.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines of many files in the order of their times. A file is open only while its time has come, so a long row of
 * rotated files needs no more memory than two of them. For one thread.
 */
final class Timeline {
    private final ZoneId zone;
    private final PriorityQueue<Source> sources =
            new PriorityQueue<>(Comparator.comparing(Source::next, Comparator.comparing(LogLine::at))
                    .thenComparingInt(Source::number));
    private final Map<String, Count> counts = new LinkedHashMap<>();

    Timeline(ZoneId zone) {
        this.zone = zone;
    }

    /** What was read of one component. */
    static final class Count {
        long files;
        long lines;
        long unread;
    }

    /** A file that waits for its turn or is being read. */
    private static final class Source {
        private final Path file;
        private final String component;
        private final Times times;
        private final int number;
        private LogLine next;
        private @Nullable LogFile reader;

        Source(Path file, String component, Times times, int number, LogLine first) {
            this.file = file;
            this.component = component;
            this.times = times;
            this.number = number;
            this.next = first;
        }

        LogLine next() {
            return next;
        }

        int number() {
            return number;
        }

        /** Whether there is one more line. */
        boolean advance(Count count) throws IOException {
            if (reader == null) {
                reader = new LogFile(file, component, times);
                reader.next(); // the first line is known already
            }
            LogLine line = reader.next();
            if (line != null) {
                next = line;
                return true;
            }
            count.lines += reader.lines();
            count.unread += reader.unread();
            reader.close();
            return false;
        }
    }

    /** Adds a file; one without any readable line is only counted. */
    void add(String component, Path file) throws IOException {
        Count count = counts.computeIfAbsent(component, name -> new Count());
        count.files++;
        int year = ZonedDateTime.ofInstant(LogSources.modified(file).toInstant(), zone)
                .getYear();
        var times = new Times(zone, year);
        try (LogFile look = new LogFile(file, component, times)) {
            LogLine first = look.next();
            if (first == null) {
                count.lines += look.lines();
                count.unread += look.unread();
            } else {
                sources.add(new Source(file, component, times, sources.size(), first));
            }
        }
    }

    /** Hands over every line, once. */
    void read(Consumer<LogLine> lines) throws IOException {
        while (!sources.isEmpty()) {
            Source source = sources.remove();
            lines.accept(source.next());
            if (source.advance(count(source.component))) {
                sources.add(source);
            }
        }
    }

    Count count(String component) {
        return counts.computeIfAbsent(component, name -> new Count());
    }
}
