package dev.mehari.cli.logs;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answer to a {@link LogQuestion} as Markdown: what was read, what was slow, and the timeline. The timeline is
 * written beside first, because the alerts stand before it; memory does not grow with the logs.
 */
public final class LogReport {
    private static final int MOST_ALERTS = 200;

    private final LogQuestion question;
    private final Timeline timeline;
    private final Delays delays;
    private final List<String> alerts = new ArrayList<>();
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private long critical;
    private long slow;
    private @Nullable Instant first;
    private @Nullable Instant last;

    public LogReport(LogQuestion question) {
        this.question = question;
        this.timeline = new Timeline(question.zone());
        this.delays = new Delays(question.thresholds());
    }

    private static final class Tally {
        private long shown;
        private long warnings;
        private long errors;
    }

    /** Reads the logs and writes the report; false when none of the folders holds a log. */
    public boolean write(PrintStream out) throws IOException {
        boolean any = open();
        Path beside = Files.createTempDirectory("mehari-logs");
        try {
            writeSections(beside);
            head(out);
            alerts(out);
            for (String section : sections()) {
                out.println();
                out.println("## " + (question.byComponent() ? section : "Timeline"));
                out.println();
                body(out, beside.resolve(section));
            }
            return any;
        } finally {
            delete(beside);
        }
    }

    /** The timeline alone, a JSON object a line; false when none of the folders holds a log. */
    public boolean writeJson(PrintStream out) throws IOException {
        boolean any = open();
        timeline.read(line -> {
            Step step = question.measures(line) ? delays.next(line, section(line)) : null;
            if (step != null && question.shows(step)) {
                out.println(StepText.json(step));
            }
        });
        return any;
    }

    private boolean open() throws IOException {
        boolean any = false;
        for (Map.Entry<String, Path> folder : question.folders().entrySet()) {
            tallies.put(folder.getKey(), new Tally());
            Stream<Path> files = LogSources.files(folder.getValue()).stream();
            for (Path file : (question.last() > 0 ? files.limit(question.last()) : files).toList()) {
                timeline.add(folder.getKey(), file);
                any = true;
            }
        }
        return any;
    }

    private List<String> sections() {
        return question.byComponent() ? List.copyOf(tallies.keySet()) : List.of("all");
    }

    private String section(LogLine line) {
        return question.byComponent() ? line.component() : "all";
    }

    private void writeSections(Path beside) throws IOException {
        Map<String, BufferedWriter> writers = new LinkedHashMap<>();
        try {
            for (String section : sections()) {
                writers.put(section, Files.newBufferedWriter(beside.resolve(section)));
            }
            timeline.read(line -> {
                Step step = question.measures(line) ? delays.next(line, section(line)) : null;
                if (step != null && question.shows(step)) {
                    take(step, writers.get(section(line)));
                }
            });
        } finally {
            for (BufferedWriter writer : writers.values()) {
                writer.close();
            }
        }
    }

    private void take(Step step, @Nullable BufferedWriter writer) {
        LogLine line = step.line();
        first = first == null ? line.at() : first;
        last = line.at();
        Tally tally = tallies.computeIfAbsent(line.component(), name -> new Tally());
        tally.shown++;
        tally.warnings += line.level() == Level.WARN ? 1 : 0;
        tally.errors += line.level().compareTo(Level.ERROR) >= 0 ? 1 : 0;
        if (step.speed() != Speed.FINE) {
            alert(step);
        }
        try {
            if (writer != null) {
                writer.write(StepText.of(step, width()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int width() {
        return tallies.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    private void alert(Step step) {
        critical += step.speed() == Speed.CRITICAL ? 1 : 0;
        slow += step.speed() == Speed.SLOW ? 1 : 0;
        if (alerts.size() < MOST_ALERTS) {
            alerts.add(StepText.alert(step));
        }
    }

    private void head(PrintStream out) {
        out.println(question.trace() == null ? "# Logs" : "# Trace " + StepText.inline(question.trace()));
        out.println();
        if (first != null && last != null) {
            out.println("From " + StepText.time(first) + " to " + StepText.time(last) + ", "
                    + StepText.millis(Duration.between(first, last)) + ".");
            out.println();
        }
        out.println("| Component | Files | Lines | Shown | Warnings | Errors |");
        out.println("|---|---:|---:|---:|---:|---:|");
        tallies.forEach((name, tally) -> {
            Timeline.Count count = timeline.count(name);
            String files =
                    count.files == 0 ? "no logs in " + question.folders().get(name) : String.valueOf(count.files);
            out.println("| "
                    + String.join(
                            " | ",
                            name,
                            files,
                            count.lines + unread(count),
                            String.valueOf(tally.shown),
                            String.valueOf(tally.warnings),
                            String.valueOf(tally.errors))
                    + " |");
        });
    }

    private static String unread(Timeline.Count count) {
        return count.unread == 0 ? "" : " (" + count.unread + " without a time)";
    }

    private void alerts(PrintStream out) {
        out.println();
        if (alerts.isEmpty()) {
            out.println("Nothing was slow.");
            return;
        }
        out.println("## Alerts: " + critical + " critical, " + slow + " slow");
        out.println();
        alerts.forEach(out::println);
        long left = critical + slow - alerts.size();
        if (left > 0) {
            out.println("- and " + left + " more, marked in the timeline");
        }
    }

    /** Tildes, because messages rather have backticks; one that has three tildes is broken up where it is written. */
    private static void body(PrintStream out, Path section) throws IOException {
        if (Files.size(section) == 0) {
            out.println("Nothing.");
            return;
        }
        out.println("~~~text");
        try (Stream<String> lines = Files.lines(section, StandardCharsets.UTF_8)) {
            lines.forEach(out::println);
        }
        out.println("~~~");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
