package dev.mehari.reload;

import dev.mehari.problem.Problem;
import dev.mehari.problem.YamlNode;
import dev.mehari.problem.YamlNode.Items;
import dev.mehari.problem.YamlNode.Mapping;
import dev.mehari.problem.YamlNode.Place;
import dev.mehari.problem.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one route file says, with the places of it: its routes and templates, whom they send to, which variables they use.
 * Read from well-formed YAML, whether or not Camel would accept it.
 */
final class RouteFile {

    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{variable[.:]([A-Za-z_][A-Za-z0-9_-]*)(?![A-Za-z0-9_:-])");
    private static final Set<String> TARGET_KEYS =
            Set.of("uri", "to", "toD", "wireTap", "enrich", "pollEnrich", "poll", "deadLetterUri");
    private static final Set<String> VARIABLE_KEYS = Set.of("variableReceive", "toVariable");

    private final String path;
    private final String text;
    private final YamlNode root;
    private final List<Route> routes = new ArrayList<>();
    private final List<Route> templates = new ArrayList<>();
    private final List<Mention> targets = new ArrayList<>();
    private final List<Mention> variables = new ArrayList<>();
    private final Set<String> variablesSet = new HashSet<>();
    private final List<Scalar> scalars = new ArrayList<>();
    private final Map<String, Place> keys = new HashMap<>();

    /** A route or a template; {@code from} is its endpoint without options, {@code direct:route}. */
    record Route(String id, Scalar idAt, String from, Scalar fromAt) {}

    /** A name that stands somewhere: an endpoint sent to, a variable. */
    record Mention(String name, Scalar at, int line) {
        Problem problem(String message) {
            return line == 1 ? at.problem(message) : at.problemAt(line, 1, message);
        }
    }

    RouteFile(String path, String text, YamlNode root) {
        this.path = path;
        this.text = text;
        this.root = root;
        if (root instanceof Items items) {
            items.nodes().forEach(this::readEntry);
        }
        walk("", root);
    }

    String path() {
        return path;
    }

    String text() {
        return text;
    }

    YamlNode root() {
        return root;
    }

    List<Route> routes() {
        return routes;
    }

    List<Route> templates() {
        return templates;
    }

    /** Endpoints of {@code direct:} and {@code channel:} that are sent to by a fixed name. */
    List<Mention> targets() {
        return targets;
    }

    List<Mention> variables() {
        return variables;
    }

    Set<String> variablesSet() {
        return variablesSet;
    }

    /** The first value that passes the test, to point at it. */
    Optional<Scalar> find(Predicate<String> test) {
        return scalars.stream().filter(scalar -> test.test(scalar.text())).findFirst();
    }

    /** The first place where this key stands. */
    Optional<Place> key(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    Problem problem(String message) {
        return Problem.of(path, message);
    }

    private void readEntry(YamlNode entry) {
        if (entry instanceof Mapping mapping) {
            child(mapping, "route").ifPresent(route -> readRoute(route, routes));
            child(mapping, "routeTemplate").ifPresent(template -> {
                Optional<Mapping> inner = child(template, "route");
                Optional<Scalar> id = scalar(template, "id");
                Optional<Scalar> from = inner.or(() -> Optional.of(template))
                        .flatMap(holder -> child(holder, "from"))
                        .flatMap(place -> scalar(place, "uri"));
                if (id.isPresent() && from.isPresent()) {
                    templates.add(
                            new Route(id.get().text(), id.get(), from.get().text(), from.get()));
                }
            });
        }
    }

    private void readRoute(Mapping route, List<Route> into) {
        Optional<Scalar> id = scalar(route, "id");
        Optional<Mapping> from = child(route, "from");
        Optional<Scalar> uri = from.flatMap(mapping -> scalar(mapping, "uri"));
        if (id.isPresent() && uri.isPresent()) {
            into.add(new Route(id.get().text(), id.get(), endpoint(uri.get(), from.get()), uri.get()));
        }
    }

    /** An endpoint without its options. */
    static String bare(String uri) {
        String text = uri.replace("://", ":");
        return text.contains("?") ? text.substring(0, text.indexOf('?')) : text;
    }

    /** {@code direct:x}, also when it is written as {@code uri: direct} with the name among the parameters. */
    private static String endpoint(Scalar uri, Mapping holder) {
        String bare = bare(uri.text());
        if (bare.contains(":")) {
            return bare;
        }
        String key = bare.equals("platform-http") ? "path" : "name";
        return child(holder, "parameters")
                .flatMap(parameters -> scalar(parameters, key))
                .map(name -> bare + ":" + name.text())
                .orElse(bare);
    }

    private void walk(String key, YamlNode node) {
        switch (node) {
            case Items items -> items.nodes().forEach(item -> walk(key, item));
            case Mapping mapping -> walk(mapping);
            case Scalar scalar -> readScalar(key, scalar);
        }
    }

    private void walk(Mapping mapping) {
        for (Map.Entry<String, Mapping.Entry> entry : mapping.entries().entrySet()) {
            String key = entry.getKey();
            keys.putIfAbsent(key, entry.getValue().place());
            YamlNode value = entry.getValue().value();
            if (key.equals("from") && value instanceof Mapping from) {
                scalar(from, "uri").ifPresent(scalars::add);
                child(from, "parameters").ifPresent(parameters -> walk("", parameters));
                from.find("steps").ifPresent(steps -> walk("", steps));
                continue;
            }
            if (key.equals("setVariable") && value instanceof Mapping set) {
                scalar(set, "name").ifPresent(name -> variablesSet.add(name.text()));
            }
            if (key.equals("setVariables")
                    && value instanceof Mapping set
                    && set.find("variables").orElse(null) instanceof Items all) {
                all.nodes().forEach(one -> {
                    if (one instanceof Mapping variable) {
                        scalar(variable, "name").ifPresent(name -> variablesSet.add(name.text()));
                    }
                });
            }
            if (TARGET_KEYS.contains(key) && value instanceof Scalar uri) {
                target(endpoint(uri, mapping), uri);
            }
            walk(key, value);
        }
    }

    private void target(String endpoint, Scalar at) {
        boolean named = endpoint.startsWith("direct:") || endpoint.startsWith("channel:");
        if (named && !endpoint.contains("{")) {
            targets.add(new Mention(endpoint, at, 1));
        }
    }

    private void readScalar(String key, Scalar scalar) {
        scalars.add(scalar);
        if (VARIABLE_KEYS.contains(key)) {
            variablesSet.add(scalar.text());
        }
        Matcher matcher = VARIABLE.matcher(scalar.text());
        while (matcher.find()) {
            String before = scalar.text().substring(0, matcher.start());
            int line = 1 + (int) before.chars().filter(sign -> sign == '\n').count();
            variables.add(new Mention(matcher.group(1), scalar, line));
        }
    }

    static Optional<Mapping> child(Mapping mapping, String key) {
        return mapping.find(key).filter(Mapping.class::isInstance).map(Mapping.class::cast);
    }

    static Optional<Scalar> scalar(Mapping mapping, String key) {
        return mapping.find(key).filter(Scalar.class::isInstance).map(Scalar.class::cast);
    }
}
