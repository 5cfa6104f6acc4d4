package dev.mehari.content;

import dev.mehari.content.MessageType.Sample;
import dev.mehari.notification.Priority;
import dev.mehari.problem.Problem;
import dev.mehari.problem.YamlNode;
import dev.mehari.problem.YamlNode.Mapping;
import dev.mehari.problem.YamlNode.Scalar;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code config/types.yaml}, adding every mistake to the problems. */
final class TypesFile {

    private static final Set<String> KEYS = Set.of("template", "color", "priority", "description", "sample");
    private static final Set<String> SAMPLE_KEYS = Set.of("title", "text", "data", "recipient");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([._-][a-z0-9]+)*");
    private static final Pattern TEMPLATE = Pattern.compile("[A-Za-z0-9]+([._-][A-Za-z0-9]+)*");

    private final Collection<Problem> problems;

    private TypesFile(Collection<Problem> problems) {
        this.problems = problems;
    }

    static Types read(Mapping root, Collection<Problem> problems) {
        return new TypesFile(problems).types(root);
    }

    private Types types(Mapping root) {
        problems.addAll(root.unknownKeys(Set.of("types")));
        if (root.entries().isEmpty()) {
            problems.add(root.problem("The key 'types' is missing. Write 'types:' and the types below it."));
        }
        Map<String, MessageType> types = new LinkedHashMap<>();
        root.mapping("types", problems)
                .ifPresent(map -> map.entries().forEach((name, entry) -> {
                    if (!NAME.matcher(name).matches() || name.length() > 100) {
                        problems.add(entry.place()
                                .problem("'" + name + "' is no name of a type. Write lower-case words with"
                                        + " dots or hyphens between them, 'trade.opened'."));
                    }
                    settings(entry.value(), name).ifPresent(settings -> types.put(name, type(name, settings)));
                }));
        return new Types(types);
    }

    /** A type with nothing said about it, {@code my.type:}, is a type too. */
    private Optional<Mapping> settings(YamlNode node, String name) {
        if (node instanceof Mapping mapping) {
            return Optional.of(mapping);
        }
        if (node.value() == null) {
            return Optional.of(new Mapping(node.place(), Map.of()));
        }
        problems.add(node.problem("Type '" + name + "' must be a map of settings, not " + node.kind() + "."));
        return Optional.empty();
    }

    private MessageType type(String name, Mapping settings) {
        problems.addAll(settings.unknownKeys(KEYS));
        return new MessageType(
                name,
                settings.read(
                                "template",
                                "the name of a file in templates/, without .yaml",
                                TypesFile::template,
                                problems)
                        .orElse(name),
                color(settings),
                settings.read("priority", "low, normal, high or critical", Priority::of, problems)
                        .orElse(Priority.NORMAL),
                settings.text("description", problems).orElse(null),
                settings.mapping("sample", problems).map(this::sample).orElse(null));
    }

    private static String template(String word) {
        if (!TEMPLATE.matcher(word).matches() || word.endsWith(".yaml") || word.endsWith(".yml")) {
            throw new IllegalArgumentException(word);
        }
        return word;
    }

    private @Nullable Integer color(Mapping settings) {
        Scalar word = settings.scalar("color", problems).orElse(null);
        if (word == null) {
            return null;
        }
        Integer color = Colors.find(word.text()).orElse(null);
        if (color == null) {
            problems.add(word.problem(Colors.refusal(word.text())));
        }
        return color;
    }

    private Sample sample(Mapping sample) {
        problems.addAll(sample.unknownKeys(SAMPLE_KEYS));
        return new Sample(
                sample.text("title", problems).orElse(null),
                sample.text("text", problems).orElse(null),
                Collections.unmodifiableMap(
                        sample.mapping("data", problems).map(Mapping::value).orElse(Map.of())),
                sample.text("recipient", problems).orElse(null));
    }
}
