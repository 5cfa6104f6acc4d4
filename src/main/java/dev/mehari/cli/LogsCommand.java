package dev.mehari.cli;

import dev.mehari.cli.logs.Level;
import dev.mehari.cli.logs.LogFolders;
import dev.mehari.cli.logs.LogQuestion;
import dev.mehari.cli.logs.LogReport;
import dev.mehari.problem.Problem;
import dev.mehari.problem.Spelling;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "logs",
        description =
                "Joins the logs of several components into one timeline, as Markdown, with delays and what was slow.",
        footer = {
            "",
            "The components and their folders stand in config/logs.yaml. Without options, on a terminal, it asks.",
            "",
            "  mehari logs --components webhook,trading,redis --last 3 --level warn",
            "  mehari logs --all --trace abc-123",
            "  mehari logs --dir bot=../bot/logs --by-component --out report.md"
        })
final class LogsCommand extends CliCommand {
    @Option(
            names = {"-c", "--components"},
            split = ",",
            paramLabel = "NAME",
            description = "Only of these components.")
    private List<String> components = new ArrayList<>();

    @Option(names = "--all", description = "Of all components.")
    private boolean all;

    @Option(
            names = "--dir",
            paramLabel = "NAME=PATH",
            description = "One more component and its folder. May be repeated.")
    private Map<String, String> folders = new LinkedHashMap<>();

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            description = "Only the newest N files of each component.")
    private int last;

    @Option(
            names = {"-l", "--level"},
            description = "Only from this level on: debug, info, warn, error.")
    private String level = "trace";

    @Option(names = "--trace", paramLabel = "ID", description = "Only of this trace.")
    private @Nullable String trace;

    @Option(names = "--since", paramLabel = "TIME", description = "Only since: 10m, or 2026-11-20T00:00:00Z.")
    private @Nullable String since;

    @Option(names = "--by-component", description = "A timeline of each component, instead of one of all.")
    private boolean byComponent;

    @Option(
            names = "--slow",
            paramLabel = "KIND=SLOW,CRITICAL",
            description = "When a step of a kind is slow: --slow provider=300ms,1s. May be repeated.")
    private Map<String, String> slow = new LinkedHashMap<>();

    @Option(names = "--zone", description = "The zone of times that name none. Default: the machine's.")
    private @Nullable String zone;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Write to this file.")
    private @Nullable String out;

    @Override
    public Integer call() throws IOException {
        LogFolders configured = configured();
        if (spec().commandLine().getParseResult().matchedOptions().isEmpty() && around().typed() && around().shown()) {
            Optional<LogMenu.Choice> choice = ask(configured);
            if (choice.isEmpty()) {
                return Exit.OK;
            }
            take(choice.get());
        }
        LogReport report = new LogReport(question(configured));
        boolean any = out == null ? write(report, around().out()) : toFile(report, around().path(out));
        if (!any) {
            screen().error(
                            "There are no logs in these folders. config/logs.yaml says where they lie, or --dir NAME=PATH.");
        }
        return any ? Exit.OK : Exit.REFUSED;
    }

    private Optional<LogMenu.Choice> ask(LogFolders configured) throws IOException {
        try (Keyboard keyboard = around().keyboard().get()) {
            return new LogMenu(configured.folders().keySet(), screen(), around().out()).ask(keyboard);
        }
    }

    private void take(LogMenu.Choice choice) {
        components = choice.components();
        last = choice.last();
        level = choice.level();
        byComponent = choice.byComponent();
    }

    private boolean write(LogReport report, PrintStream stream) throws IOException {
        return json() ? report.writeJson(stream) : report.write(stream);
    }

    private boolean toFile(LogReport report, Path file) throws IOException {
        try (PrintStream stream = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
            boolean any = write(report, stream);
            if (stream.checkError()) {
                throw Failure.refused(file + " could not be written: is the disk full?");
            }
            screen().line("Written to " + file);
            return any;
        }
    }

    private LogQuestion question(LogFolders configured) {
        return new LogQuestion(
                chosen(configured),
                last,
                Level.of(level)
                        .orElseThrow(
                                () -> Failure.usage("'" + level + "' is no level; write debug, info, warn or error.")),
                trace,
                since == null ? null : Ages.instant(since, around().clock()),
                byComponent,
                zone(),
                limited(configured).thresholds());
    }

    private LogFolders configured() throws IOException {
        Path file = ConfigCheck.logsFile(around());
        LogFolders read = Files.isRegularFile(file)
                ? ConfigCheck.logs(around(), file)
                : LogFolders.defaults(around().path(around().variable("MEHARI_DATA_DIR", "data"))
                        .resolve("logs"));
        if (!read.problems().isEmpty()) {
            throw Failure.refused(
                    read.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        return read;
    }

    private Map<String, Path> chosen(LogFolders configured) {
        Map<String, Path> known = new LinkedHashMap<>(configured.folders());
        folders.forEach((name, path) -> known.put(name, around().path(path)));
        List<String> names = !components.isEmpty()
                ? components
                : folders.isEmpty() || all ? List.copyOf(known.keySet()) : List.copyOf(folders.keySet());
        Map<String, Path> chosen = new LinkedHashMap<>();
        for (String name : names) {
            Path folder = known.get(name.strip());
            if (folder == null) {
                throw Failure.usage("No component is called '" + name + "' in config/logs.yaml."
                        + Spelling.hint(name, known.keySet()));
            }
            chosen.put(name.strip(), folder);
        }
        return chosen;
    }

    private LogFolders limited(LogFolders configured) {
        Map<String, List<String>> limits = new LinkedHashMap<>();
        slow.forEach((kind, times) -> limits.put(kind, List.of(times.split(","))));
        try {
            return configured.withLimits(limits);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--slow: " + e.getMessage());
        }
    }

    private ZoneId zone() {
        try {
            return zone == null ? around().clock().getZone() : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw Failure.usage("'" + zone + "' is no zone; write it like Europe/Paris or +02:00.");
        }
    }
}
