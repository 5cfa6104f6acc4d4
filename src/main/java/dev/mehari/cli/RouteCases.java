package dev.mehari.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.problem.Problem;
import dev.mehari.problem.YamlFile;
import dev.mehari.problem.YamlNode;
import dev.mehari.problem.YamlNode.Items;
import dev.mehari.problem.YamlNode.Mapping;
import dev.mehari.problem.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A file of messages and the channels that each must go to.
 *
 * @param cases in the file's order; those without a mistake
 */
record RouteCases(List<RouteCase> cases, List<Problem> problems) {
    private static final List<String> TEXTS = List.of("type", "title", "text", "priority", "recipient");
    private static final Set<String> KEYS =
            Set.of("name", "type", "title", "text", "data", "priority", "recipient", "source", "expect");
    /** The door a message came through, unless a case says so. */
    static final String SOURCE = "http";

    /** A gateway of before takes no source, and needs none for what came by HTTP. */
    static Map<String, String> query(String source) {
        return source.equals(SOURCE) ? Map.of() : Map.of("source", source);
    }

    /**
     * One message.
     *
     * @param body as the gateway takes it
     * @param source the door it came through
     * @param expect exactly these channels; empty for none
     */
    record RouteCase(String name, ObjectNode body, String source, Set<String> expect) {}

    /** @param file the name that problems carry */
    static RouteCases read(String file, String text) {
        List<RouteCase> cases = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        switch (YamlFile.parse(file, text)) {
            case YamlFile.Broken broken -> problems.addAll(broken.problems());
            case YamlFile.Parsed parsed -> {
                if (parsed.root() instanceof Items all && !all.nodes().isEmpty()) {
                    all.nodes().forEach(one -> read(one, problems).ifPresent(cases::add));
                } else {
                    problems.add(parsed.root()
                            .problem("The file must be a list of cases: - { type: trade.opened, expect: [trades] }"));
                }
            }
        }
        return new RouteCases(cases, problems);
    }

    private static Optional<RouteCase> read(YamlNode node, Collection<Problem> problems) {
        if (!(node instanceof Mapping given)) {
            problems.add(node.problem("A case is a map with at least type and expect, not " + node.kind() + "."));
            return Optional.empty();
        }
        List<Problem> found = new ArrayList<>(given.unknownKeys(KEYS));
        ObjectNode body = body(given, found);
        Set<String> expect = expect(given, found);
        String source = given.text("source", found).orElse(SOURCE);
        String name = given.text("name", found).orElse(body.path("type").asText());
        problems.addAll(found);
        return found.isEmpty() ? Optional.of(new RouteCase(name, body, source, expect)) : Optional.empty();
    }

    private static ObjectNode body(Mapping given, Collection<Problem> problems) {
        ObjectNode body = Json.object();
        for (String key : TEXTS) {
            given.text(key, problems).ifPresent(text -> body.put(key, text));
        }
        if (given.find("type").isEmpty()) {
            problems.add(given.problem("The case names no 'type': write which messages it is about, trade.opened."));
        }
        given.mapping("data", problems).ifPresent(data -> body.set("data", Json.of(data.value())));
        return body;
    }

    private static Set<String> expect(Mapping given, Collection<Problem> problems) {
        Set<String> channels = new LinkedHashSet<>();
        for (YamlNode channel : expected(given, problems)) {
            if (channel instanceof Scalar scalar && scalar.value() != null) {
                channels.add(scalar.text());
            } else {
                problems.add(channel.problem("'expect' takes names of channels, not " + channel.kind() + "."));
            }
        }
        return channels;
    }

    /** A list, or a single channel. */
    private static List<YamlNode> expected(Mapping given, Collection<Problem> problems) {
        YamlNode expect = given.find("expect").orElse(null);
        if (expect instanceof Items items) {
            return items.nodes();
        }
        if (expect instanceof Scalar scalar && scalar.value() != null) {
            return List.of(scalar);
        }
        problems.add(
                given.problem("The case needs 'expect': the channels, as in expect: [trades, admin]; [] for none."));
        return List.of();
    }
}
