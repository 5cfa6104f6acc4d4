package dev.mehari.content;

import dev.mehari.notification.Notification;
import dev.mehari.problem.Problem;
import dev.mehari.problem.ProblemException;
import dev.mehari.problem.Spelling;
import dev.mehari.problem.YamlFile;
import dev.mehari.problem.YamlNode.Mapping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts one version of the content together and collects what is wrong with it. For one thread. */
final class ContentReader {

    private static final Set<String> PROVIDERS =
            Set.of("discord", "telegram", "slack", "webhook", "email", "ntfy", "sandbox");
    private static final Instant EXAMPLE_TIME = Instant.parse("2026-01-01T12:00:00Z");

    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final Map<TemplateName, CardTemplate> templates = new HashMap<>();
    private final Map<TemplateName, String> templateFiles = new HashMap<>();
    private final BiPredicate<String, String> proven;
    /** The files that need no check of their own: nor the samples, where types.yaml is one of them. */
    private final Set<String> provenFiles = new HashSet<>();

    private Types types = new Types(Map.of());
    private @Nullable String typesFile;

    /** @param proven whether a file has a text, named after it, that the build has checked */
    ContentReader(BiPredicate<String, String> proven) {
        this.proven = proven;
    }

    void types(String file, String text) {
        if (typesFile != null) {
            problems.add(Problem.of(file, "There is a second types.yaml, " + typesFile + ". Keep one."));
        }
        typesFile = file;
        isProven(file, text);
        root(file, text).ifPresent(root -> types = TypesFile.read(root, problems));
    }

    void template(TemplateName name, String file, String text) {
        String twin = templateFiles.putIfAbsent(name, file);
        if (twin != null) {
            problems.add(Problem.of(file, twin + " is the same template. Keep one of them."));
        }
        root(file, text)
                .ifPresent(root -> templates.put(name, TemplateFile.read(root, problems, isProven(file, text))));
    }

    private boolean isProven(String file, String text) {
        boolean is = proven.test(file, text);
        if (is) {
            provenFiles.add(file);
        }
        return is;
    }

    /** What was read, once nothing is wrong with it. */
    Content content() {
        if (typesFile == null) {
            problems.add(Problem.of("types.yaml", "The file is missing. Write it with a map 'types:' in it."));
        }
        if (problems.isEmpty()) {
            unusedTemplates();
            samples();
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new Content(types, templates, warnings.stream().sorted().toList());
    }

    private Optional<Mapping> root(String file, String text) {
        return switch (YamlFile.parse(file, text)) {
            case YamlFile.Parsed parsed -> parsed.mapping(problems);
            case YamlFile.Broken broken -> {
                problems.addAll(broken.problems());
                yield Optional.empty();
            }
        };
    }

    private void unusedTemplates() {
        Set<String> used =
                types.all().stream().map(MessageType::template).collect(Collectors.toCollection(TreeSet::new));
        templateFiles.forEach((template, file) -> {
            if (!used.contains(template.name())) {
                warnings.add(Problem.of(
                        file,
                        "No type uses this template. Add '" + template.name() + "' to types.yaml, or remove the file."
                                + similar(template.name(), used)));
            }
            if (template.provider() != null && !PROVIDERS.contains(template.provider())) {
                warnings.add(Problem.of(
                        file,
                        "No provider is called '" + template.provider() + "'."
                                + Spelling.hint(template.provider(), PROVIDERS)));
            }
        });
    }

    private static String similar(String name, Set<String> used) {
        return Spelling.nearest(name, used)
                .map(near -> " Did you mean '" + near + "'?")
                .orElse("");
    }

    /** Every template, each provider's own too, must be able to show the samples of the types that use it. */
    private void samples() {
        boolean typesProven = provenFiles.contains(typesFile);
        for (MessageType type : types.all()) {
            Notification example = type.example("sample", EXAMPLE_TIME);
            templates.forEach((name, template) -> {
                if (example != null
                        && name.name().equals(type.template())
                        && !(typesProven && provenFiles.contains(templateFiles.get(name)))) {
                    template.render(
                            example,
                            type,
                            new Model(example, "sample"),
                            (text, reason) -> problems.add(text.source()
                                    .problem("The sample of '" + type.name() + "' in types.yaml does not render: "
                                            + reason + ". " + advice(reason))));
                }
            });
        }
    }

    private static String advice(String reason) {
        String missing = reason.endsWith(" is missing") ? reason.substring(0, reason.indexOf(' ')) : "";
        return missing.isEmpty()
                ? "Mend the template or the sample."
                : "Add it to the sample, or allow for its absence, ${" + missing + "!}.";
    }
}
