package dev.mehari.cli.logs;

import dev.mehari.cli.Ages;
import dev.mehari.problem.Problem;
import dev.mehari.problem.YamlFile;
import dev.mehari.problem.YamlNode;
import dev.mehari.problem.YamlNode.Items;
import dev.mehari.problem.YamlNode.Mapping;
import dev.mehari.problem.YamlNode.Scalar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * {@code config/logs.yaml}: where each component's logs lie, and from when on a step is slow.
 *
 * @param folders by component, in the file's order
 * @param thresholds those of the file, and the defaults that it does not name
 */
public record LogFolders(Map<String, Path> folders, List<Threshold> thresholds, List<Problem> problems) {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,39}";

    /** What holds without a file. */
    public static LogFolders defaults(Path logs) {
        return new LogFolders(Map.of("mehari", logs), Threshold.DEFAULTS, List.of());
    }

    /**
     * @param base what relative folders are relative to
     * @param placeholders replaces {@code ${NAME:default}}
     */
    public static LogFolders read(String file, String text, Path base, UnaryOperator<String> placeholders) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Path> folders = new LinkedHashMap<>();
        List<Threshold> thresholds = new ArrayList<>(Threshold.DEFAULTS);
        switch (YamlFile.parse(file, text)) {
            case YamlFile.Broken broken -> problems.addAll(broken.problems());
            case YamlFile.Parsed parsed ->
                parsed.mapping(problems).ifPresent(root -> {
                    problems.addAll(root.unknownKeys(Set.of("components", "thresholds")));
                    root.mapping("components", problems)
                            .ifPresent(all -> readFolders(all, base, placeholders, folders, problems));
                    root.mapping("thresholds", problems).ifPresent(all -> readThresholds(all, thresholds, problems));
                });
        }
        return new LogFolders(folders, thresholds, problems);
    }

    private static void readFolders(
            Mapping all,
            Path base,
            UnaryOperator<String> placeholders,
            Map<String, Path> folders,
            List<Problem> problems) {
        for (String name : all.entries().keySet()) {
            if (!name.matches(NAME)) {
                problems.add(all.entries()
                        .get(name)
                        .place()
                        .problem("A component's name is letters, digits, dots, hyphens and underscores; '" + name
                                + "' is not."));
                continue;
            }
            all.scalar(name, problems).ifPresent(folder -> {
                try {
                    folders.put(name, base.resolve(placeholders.apply(folder.text())));
                } catch (IllegalArgumentException e) {
                    problems.add(folder.problem("The folder of '" + name + "' cannot be read: " + e.getMessage()));
                }
            });
        }
    }

    private static void readThresholds(Mapping all, List<Threshold> thresholds, List<Problem> problems) {
        for (String name : all.entries().keySet()) {
            all.mapping(name, problems).ifPresent(one -> readThreshold(name, one, thresholds, problems));
        }
    }

    private static void readThreshold(String name, Mapping one, List<Threshold> thresholds, List<Problem> problems) {
        problems.addAll(one.unknownKeys(Set.of("slow", "critical", "words")));
        Threshold known = thresholds.stream()
                .filter(threshold -> threshold.name().equals(name))
                .findFirst()
                .orElse(null);
        List<String> words = one.items("words", problems).map(LogFolders::texts).orElse(List.of());
        var slow = one.read("slow", "a duration like 500ms", Ages::duration, problems);
        var critical = one.read("critical", "a duration like 2s", Ages::duration, problems);
        if (known == null && (words.isEmpty() || slow.isEmpty() || critical.isEmpty())) {
            problems.add(one.problem(
                    "A kind of steps of your own needs 'slow', 'critical' and 'words' that its lines have."));
            return;
        }
        Duration from = slow.orElseGet(() -> known == null ? Duration.ZERO : known.slow());
        Duration grave = critical.orElseGet(() -> known == null ? Duration.ZERO : known.critical());
        Threshold read = words.isEmpty() && known != null
                ? new Threshold(name, from, grave, known.words())
                : Threshold.of(name, from, grave, words);
        if (from.compareTo(grave) > 0) {
            problems.add(one.problem("'critical' must not be shorter than 'slow'."));
        } else if (known == null) {
            thresholds.addFirst(read);
        } else {
            thresholds.set(thresholds.indexOf(known), read);
        }
    }

    /**
     * With other limits for some kinds.
     *
     * @param limits by kind: when it is slow, and when critical
     * @throws IllegalArgumentException with a sentence, for an unknown kind or what are no two durations
     */
    public LogFolders withLimits(Map<String, List<String>> limits) {
        List<Threshold> changed = new ArrayList<>(thresholds);
        limits.forEach((kind, times) -> {
            Threshold known = changed.stream()
                    .filter(threshold -> threshold.name().equals(kind))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no kind of steps called '" + kind
                            + "'; there are "
                            + String.join(
                                    ", ",
                                    thresholds.stream().map(Threshold::name).toList()) + "."));
            if (times.size() != 2) {
                throw new IllegalArgumentException("Write two durations for '" + kind + "': " + kind + "=300ms,1s.");
            }
            changed.set(
                    changed.indexOf(known),
                    new Threshold(
                            kind, Ages.duration(times.getFirst()), Ages.duration(times.getLast()), known.words()));
        });
        return new LogFolders(folders, changed, problems);
    }

    private static List<String> texts(Items items) {
        return items.nodes().stream()
                .filter(Scalar.class::isInstance)
                .map((YamlNode node) -> ((Scalar) node).text())
                .toList();
    }
}
