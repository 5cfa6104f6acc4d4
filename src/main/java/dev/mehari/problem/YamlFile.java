package dev.mehari.problem;

import dev.mehari.problem.YamlNode.Items;
import dev.mehari.problem.YamlNode.Mapping;
import dev.mehari.problem.YamlNode.Place;
import dev.mehari.problem.YamlNode.Scalar;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads one YAML document with the place of everything in it. Nothing is ever constructed but maps, lists and plain
 * values; duplicate keys are refused, aliases, depth and size are bounded.
 *
 * <pre>{@code
 * List<Problem> problems = new ArrayList<>();
 * switch (YamlFile.parse("config/channels.yaml", text)) {
 *     case YamlFile.Broken broken -> problems.addAll(broken.problems());
 *     case YamlFile.Parsed parsed -> parsed.mapping(problems).ifPresent(root -> {
 *         problems.addAll(root.unknownKeys(Set.of("defaults", "channels")));
 *         Optional<Mapping> channels = root.mapping("channels", problems);
 *         Optional<Integer> coalesce = root.read("coalesce", "a whole number", Integer::valueOf, problems);
 *     });
 * }
 * }</pre>
 */
public final class YamlFile {

    private static final int MOST_NODES = 50_000;
    private static final int DEEPEST = 50;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private int nodes;

    private YamlFile(String file) {
        this.file = file;
    }

    /** What came of a text. */
    public sealed interface Result permits Parsed, Broken {}

    /** The document's top node. An empty document is an empty map. */
    public record Parsed(YamlNode root) implements Result {

        /** The top node as a map; empty, and a problem added, when it is something else. */
        public Optional<Mapping> mapping(Collection<Problem> problems) {
            if (root instanceof Mapping mapping) {
                return Optional.of(mapping);
            }
            problems.add(
                    root.problem("The file must hold keys with values at its top level, not " + root.kind() + "."));
            return Optional.empty();
        }
    }

    /** The text is not what YAML allows, or not what this reader takes; at least one problem. */
    public record Broken(List<Problem> problems) implements Result {}

    /**
     * Reads a text; never throws for anything that stands in it.
     *
     * @param file the name that problems carry
     */
    public static Result parse(String file, String text) {
        return new YamlFile(file).read(text);
    }

    private Result read(String text) {
        try {
            Node top = new Yaml(limits()).compose(new StringReader(text));
            YamlNode root = top == null ? new Mapping(new Place(file, 1, 1), Map.of()) : convert(top, 0);
            return problems.isEmpty()
                    ? new Parsed(root)
                    : new Broken(problems.stream().sorted().toList());
        } catch (MarkedYAMLException e) {
            return new Broken(List.of(YamlMistake.explain(file, e)));
        } catch (YAMLException e) {
            return new Broken(List.of(YamlMistake.explain(file, text, e)));
        }
    }

    private static LoaderOptions limits() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(50);
        options.setNestingDepthLimit(DEEPEST);
        options.setCodePointLimit(1 << 20);
        return options;
    }

    private YamlNode convert(Node node, int depth) {
        if (depth > DEEPEST || ++nodes > MOST_NODES) {
            throw new YAMLException("aliases make the document too deep or too large");
        }
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, depth);
            case SequenceNode sequence ->
                new Items(
                        place(node),
                        sequence.getValue().stream()
                                .map(item -> convert(item, depth + 1))
                                .toList());
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new YAMLException("unexpected " + node.getNodeId());
        };
    }

    private Mapping mapping(MappingNode node, int depth) {
        Map<String, Mapping.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Place place = place(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(place.problem("A key must be a single word; put quotes around it if it has brackets."));
            } else if (key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
                problems.add(place.problem("Merge keys (<<) are not read; write the keys out."));
            } else {
                Mapping.Entry entry = new Mapping.Entry(place, convert(tuple.getValueNode(), depth + 1));
                Mapping.Entry first = entries.putIfAbsent(key.getValue(), entry);
                if (first != null) {
                    problems.add(place.problem(
                            "Key '" + key.getValue() + "' stands here a second time, the first is in line "
                                    + first.place().line() + ". Remove one of them."));
                }
            }
        }
        return new Mapping(place(node), Collections.unmodifiableMap(entries));
    }

    private Scalar scalar(ScalarNode node) {
        Place place = place(node);
        ScalarStyle style = node.getScalarStyle();
        boolean block = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
        Object value = style == ScalarStyle.PLAIN ? YamlWord.value(node.getValue()) : node.getValue();
        int column = place.column() + (style == ScalarStyle.PLAIN ? 0 : 1);
        return new Scalar(place, node.getValue(), value, place.line() + (block ? 1 : 0), block ? 1 : column);
    }

    private Place place(Node node) {
        Mark mark = node.getStartMark();
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
