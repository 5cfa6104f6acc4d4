package dev.mehari.content;

import dev.mehari.problem.Problem;
import dev.mehari.problem.ProblemException;
import dev.mehari.problem.YamlNode;
import dev.mehari.problem.YamlNode.Mapping;
import dev.mehari.problem.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one file of {@code config/templates/}, adding every mistake to the problems. */
final class TemplateFile {

    private static final Set<String> KEYS =
            Set.of("title", "text", "color", "fields", "link", "image", "footer", "timestamp");
    private static final Set<String> FIELD_KEYS = Set.of("name", "value", "inline");

    private final Collection<Problem> problems;

    private final boolean proven;

    private TemplateFile(Collection<Problem> problems, boolean proven) {
        this.problems = problems;
        this.proven = proven;
    }

    /** @param proven whether the build has compiled its strings, so that they can wait */
    static CardTemplate read(Mapping root, Collection<Problem> problems, boolean proven) {
        return new TemplateFile(problems, proven).card(root);
    }

    private CardTemplate card(Mapping root) {
        problems.addAll(root.unknownKeys(KEYS));
        return new CardTemplate(
                text(root, "title"),
                text(root, "text"),
                color(root),
                root.items("fields", problems).map(this::fields).orElse(List.of()),
                text(root, "link"),
                text(root, "image"),
                text(root, "footer"),
                text(root, "timestamp"));
    }

    private @Nullable TemplateText text(Mapping map, String key) {
        return map.scalar(key, problems).map(this::compile).orElse(null);
    }

    private @Nullable TemplateText compile(Scalar scalar) {
        try {
            return proven ? TemplateText.proven(scalar) : TemplateText.compile(scalar);
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return null;
        }
    }

    private @Nullable TemplateText color(Mapping root) {
        TemplateText color = text(root, "color");
        if (color != null && color.fixed() && Colors.find(color.source().text()).isEmpty()) {
            problems.add(color.source().problem(Colors.refusal(color.source().text())));
        }
        return color;
    }

    private List<CardTemplate.Field> fields(YamlNode.Items items) {
        List<CardTemplate.Field> fields = new ArrayList<>();
        for (YamlNode node : items.nodes()) {
            if (node instanceof Mapping map) {
                field(map).ifPresent(fields::add);
            } else {
                problems.add(node.problem("A field must be a map { name: …, value: … }, not " + node.kind() + "."));
            }
        }
        return List.copyOf(fields);
    }

    private Optional<CardTemplate.Field> field(Mapping map) {
        problems.addAll(map.unknownKeys(FIELD_KEYS));
        TemplateText name = required(map, "name");
        TemplateText value = required(map, "value");
        boolean inline = map.read("inline", "true or false", TemplateFile::truth, problems)
                .orElse(false);
        return name == null || value == null
                ? Optional.empty()
                : Optional.of(new CardTemplate.Field(name, value, inline));
    }

    private @Nullable TemplateText required(Mapping map, String key) {
        if (map.find(key).isEmpty()) {
            problems.add(map.problem("A field needs a '" + key + "'."));
        }
        return text(map, key);
    }

    private static boolean truth(String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(word);
        };
    }
}
