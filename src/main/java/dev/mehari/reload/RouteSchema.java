package dev.mehari.reload;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationMessage;
import dev.mehari.problem.Problem;
import dev.mehari.problem.Spelling;
import dev.mehari.problem.YamlNode;
import dev.mehari.problem.YamlNode.Items;
import dev.mehari.problem.YamlNode.Mapping;
import dev.mehari.problem.YamlNode.Scalar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Camel's own JSON schema of its YAML DSL ({@code /schema/camelYamlDsl.json} in camel-yaml-dsl), compiled at the first
 * use, and its complaints as one sentence each at the right line.
 */
final class RouteSchema {

    private static final String RESOURCE = "/schema/camelYamlDsl.json";

    /** Of a place with several complaints, the one that says most. A union's own complaint only repeats its parts. */
    private static final List<String> TELLING =
            List.of("additionalProperties", "maxProperties", "required", "enum", "type", "minItems");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static SoftReference<@Nullable Compiled> compiled = new SoftReference<>(null);

    /** The problems of a file; empty when the schema allows it. */
    List<Problem> check(RouteFile file) {
        JsonNode tree = MAPPER.valueToTree(file.root().value());
        List<ValidationMessage> complaints = compiled().schema().validate(tree).stream()
                .filter(complaint -> !placeholder(node(file.root(), complaint.getInstanceLocation())))
                .toList();
        List<ValidationMessage> unknown = complaints.stream()
                .filter(complaint -> complaint.getType().equals("additionalProperties"))
                .toList();
        Stream<ValidationMessage> shown = unknown.isEmpty() ? mostTelling(complaints) : unknown.stream();
        return shown.map(complaint -> explain(file, complaint))
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<ValidationMessage> mostTelling(Collection<ValidationMessage> complaints) {
        Function<ValidationMessage, Integer> depth =
                complaint -> -complaint.getInstanceLocation().getNameCount();
        Function<ValidationMessage, Integer> rank = complaint -> TELLING.indexOf(complaint.getType());
        return complaints.stream()
                .filter(complaint -> TELLING.contains(complaint.getType()))
                .min(Comparator.comparing(depth).thenComparing(rank))
                .stream();
    }

    /** A value that is only known when the route is made is left to the trial. */
    private static boolean placeholder(@Nullable YamlNode node) {
        return node instanceof Scalar scalar && scalar.text().contains("{{");
    }

    private Problem explain(RouteFile file, ValidationMessage complaint) {
        JsonNodePath location = complaint.getInstanceLocation();
        String owner = owner(location);
        YamlNode node = node(file.root(), location);
        if (node == null) {
            return noList(file, location, owner);
        }
        return switch (complaint.getType()) {
            case "additionalProperties" -> unknown(node, complaint, owner);
            case "maxProperties" ->
                node.problem("Only one step may stand after a '-', here are " + String.join(" and ", keys(node))
                        + ": begin each with its own '-', or indent what belongs to it deeper.");
            case "required" -> node.problem("'" + complaint.getProperty() + "' is missing in '" + owner + "': add it.");
            case "enum" ->
                node.problem("'" + owner + "' must be one of " + list(complaint.getSchemaNode()) + ", not "
                        + node.kind() + ".");
            case "type" ->
                node.problem("'" + owner + "' must be " + expected(complaint) + ", not " + node.kind() + ".");
            default -> node.problem("'" + owner + "' is not as Camel wants it: " + complaint.getError() + ".");
        };
    }

    /** The validator takes a single value for a list of one; Camel does not. */
    private static Problem noList(RouteFile file, JsonNodePath location, String owner) {
        YamlNode holder = location.getParent() == null ? null : node(file.root(), location.getParent());
        YamlNode place = holder == null ? file.root() : holder;
        return place.problem("'" + owner + "' must be a list, not " + place.kind() + ".");
    }

    private Problem unknown(YamlNode node, ValidationMessage complaint, String owner) {
        String name = complaint.getProperty();
        Collection<String> known = known(complaint);
        boolean step = complaint.getSchemaLocation().toString().contains("ProcessorDefinition/additionalProperties");
        String sentence = step ? "Unknown step '" + name + "'." : "Unknown key '" + name + "' in '" + owner + "'.";
        String hint = step
                ? Spelling.nearest(name, known)
                        .map(near -> " Did you mean '" + near + "'?")
                        .orElse(" It is none of Camel's patterns; beans are called by '- bean:'.")
                : Spelling.hint(name, known);
        Mapping.Entry entry =
                node instanceof Mapping mapping ? mapping.entries().get(name) : null;
        return entry == null ? node.problem(sentence + hint) : entry.place().problem(sentence + hint);
    }

    private Collection<String> known(ValidationMessage complaint) {
        String fragment = complaint.getSchemaLocation().getFragment().toString();
        String parent = fragment.substring(0, fragment.lastIndexOf('/'));
        JsonNode properties = compiled().source().at(JsonPointer.compile(parent + "/properties"));
        return properties.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static String expected(ValidationMessage complaint) {
        String type = complaint.getSchemaNode() == null
                ? ""
                : complaint.getSchemaNode().asText();
        return switch (type) {
            case "array" -> "a list";
            case "object" -> "a map of keys and values";
            case "string" -> "a text";
            case "boolean" -> "true or false";
            case "number", "integer" -> "a number";
            default -> "something else";
        };
    }

    private static String list(@Nullable JsonNode values) {
        StringBuilder list = new StringBuilder();
        if (values != null) {
            values.forEach(value -> list.append(list.isEmpty() ? "" : ", ").append(value.asText()));
        }
        return list.toString();
    }

    private static Collection<String> keys(YamlNode node) {
        return node instanceof Mapping mapping ? mapping.entries().keySet() : List.of();
    }

    /** The key under which the place stands. */
    private static String owner(JsonNodePath location) {
        for (int at = location.getNameCount() - 1; at >= 0; at--) {
            if (location.getElement(at) instanceof String name && !name.matches("[0-9]+")) {
                return name;
            }
        }
        return "the file";
    }

    private static @Nullable YamlNode node(YamlNode root, JsonNodePath location) {
        YamlNode node = root;
        for (int at = 0; node != null && at < location.getNameCount(); at++) {
            node = child(node, location.getElement(at));
        }
        return node;
    }

    private static @Nullable YamlNode child(YamlNode node, Object element) {
        if (node instanceof Items items) {
            boolean there =
                    element instanceof Integer index && index < items.nodes().size();
            return there ? items.nodes().get((Integer) element) : null;
        }
        return node instanceof Mapping mapping
                ? mapping.find(element.toString()).orElse(null)
                : null;
    }

    /** Compiled by whoever needs it first, and again after a long time without an edit: it takes 6 MB. */
    private static synchronized Compiled compiled() {
        Compiled known = compiled.get();
        if (known == null) {
            known = Compiled.now();
            compiled = new SoftReference<>(known);
        }
        return known;
    }

    /** Unfolded beforehand it would take 200 MB; as it is, a file takes 20 ms. */
    private record Compiled(JsonNode source, JsonSchema schema) {

        static Compiled now() {
            JsonNode source = read();
            SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                    .preloadJsonSchema(false)
                    .cacheRefs(false)
                    .typeLoose(true)
                    .locale(Locale.ENGLISH)
                    .build();
            return new Compiled(source, factory().getSchema(source, config));
        }

        private static JsonSchemaFactory factory() {
            JsonMetaSchema draft4 = JsonMetaSchema.builder(JsonMetaSchema.getV4())
                    .keyword(new NonValidationKeyword("deprecated"))
                    .build();
            return new JsonSchemaFactory.Builder()
                    .defaultMetaSchemaIri(draft4.getIri())
                    .metaSchema(draft4)
                    .build();
        }

        private static JsonNode read() {
            try (InputStream in = RouteSchema.class.getResourceAsStream(RESOURCE)) {
                return MAPPER.readTree(Objects.requireNonNull(in, "camel-yaml-dsl lacks " + RESOURCE));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
