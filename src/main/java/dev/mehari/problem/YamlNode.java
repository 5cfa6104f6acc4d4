package dev.mehari.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A piece of a YAML file that knows where it stands. Immutable. */
public sealed interface YamlNode {

    Place place();

    /** What JSON would hold: {@code Map<String, Object>}, {@code List<Object>}, String, Long, Double, BigInteger, Boolean, null. */
    @Nullable
    Object value();

    /** {@code a map}, {@code a list}, {@code the word 'x'}: for sentences. */
    String kind();

    /** A problem at this node's place. */
    default Problem problem(String message) {
        return place().problem(message);
    }

    /** Where something stands; line and column counted from 1. */
    record Place(String file, int line, int column) {
        public Problem problem(String message) {
            return new Problem(file, line, column, message);
        }
    }

    /** Keys with their values, in the file's order. No key twice. */
    record Mapping(Place place, Map<String, Entry> entries) implements YamlNode {

        /** A key's own place, and its value. */
        public record Entry(Place place, YamlNode value) {}

        public Optional<YamlNode> find(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        /** One problem for each key that is not among the known, with the name that was probably meant. */
        public List<Problem> unknownKeys(Collection<String> known) {
            return entries.entrySet().stream()
                    .filter(entry -> !known.contains(entry.getKey()))
                    .map(entry -> entry.getValue()
                            .place()
                            .problem("Unknown key '" + entry.getKey() + "'." + Spelling.hint(entry.getKey(), known)))
                    .toList();
        }

        /** The key's map; empty, and a problem added, when something else stands there. Absent or null: just empty. */
        public Optional<Mapping> mapping(String key, Collection<Problem> problems) {
            return present(key).flatMap(node -> cast(node, Mapping.class, key, "a map of keys and values", problems));
        }

        /** The key's list; empty, and a problem added, when something else stands there. Absent or null: just empty. */
        public Optional<Items> items(String key, Collection<Problem> problems) {
            return present(key).flatMap(node -> cast(node, Items.class, key, "a list", problems));
        }

        /** The key's single value; empty, and a problem added, when a map or list stands there. Absent or null: just empty. */
        public Optional<Scalar> scalar(String key, Collection<Problem> problems) {
            return present(key).flatMap(node -> cast(node, Scalar.class, key, "a single value", problems));
        }

        /** The key's single value as it is written. */
        public Optional<String> text(String key, Collection<Problem> problems) {
            return scalar(key, problems).map(Scalar::text);
        }

        /**
         * The key's single value through a reader, {@code Integer::valueOf} or a parser of durations.
         *
         * @param expected what to write there, for the sentence {@code 'key' must be EXPECTED, not 'x'.}
         * @param reader throws IllegalArgumentException for what it does not take
         */
        public <T> Optional<T> read(
                String key, String expected, Function<String, T> reader, Collection<Problem> problems) {
            Optional<Scalar> scalar = scalar(key, problems);
            try {
                return scalar.map(Scalar::text).map(reader);
            } catch (IllegalArgumentException e) {
                problems.add(scalar.orElseThrow()
                        .problem("'" + key + "' must be " + expected + ", not "
                                + scalar.orElseThrow().kind() + "."));
                return Optional.empty();
            }
        }

        private Optional<YamlNode> present(String key) {
            return find(key).filter(node -> !(node instanceof Scalar scalar && scalar.value() == null));
        }

        private static <N extends YamlNode> Optional<N> cast(
                YamlNode node, Class<N> wanted, String key, String expected, Collection<Problem> problems) {
            if (wanted.isInstance(node)) {
                return Optional.of(wanted.cast(node));
            }
            problems.add(node.problem("'" + key + "' must be " + expected + ", not " + node.kind() + "."));
            return Optional.empty();
        }

        @Override
        public Map<String, @Nullable Object> value() {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            entries.forEach((key, entry) -> values.put(key, entry.value().value()));
            return values;
        }

        @Override
        public String kind() {
            return "a map";
        }
    }

    /** A list. */
    record Items(Place place, List<YamlNode> nodes) implements YamlNode {

        @Override
        public List<@Nullable Object> value() {
            List<@Nullable Object> values = new ArrayList<>();
            nodes.forEach(node -> values.add(node.value()));
            return values;
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A single value.
     *
     * @param text as written, quotes and escapes resolved
     * @param value by the rules of YAML 1.2 and JSON: {@code yes}, {@code on} and dates are plain words
     * @param textLine the file's line on which the text begins: the next one for {@code |} and {@code >}
     * @param textColumn the column of the text's first character, or 1 after {@code |} and {@code >}
     */
    record Scalar(Place place, String text, @Nullable Object value, int textLine, int textColumn) implements YamlNode {

        /** A problem at a place inside the text, both counted from 1; exact where the text is written without escapes. */
        public Problem problemAt(int line, int column, String message) {
            int shift = line <= 1 ? textColumn - 1 : 0;
            return new Problem(place.file(), textLine + Math.max(line, 1) - 1, Math.max(column, 1) + shift, message);
        }

        @Override
        public String kind() {
            return value == null ? "nothing" : "'" + text + "'";
        }
    }
}
