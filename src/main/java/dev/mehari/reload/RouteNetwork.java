package dev.mehari.reload;

import dev.mehari.problem.Problem;
import dev.mehari.problem.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What only shows when all route files are seen together, and with what Java brings. */
final class RouteNetwork {

    private final Collection<RouteFile> files;
    private final Set<String> javaIds;
    private final Set<String> javaFroms;
    private final @Nullable RouteVocabulary vocabulary;
    private final Map<String, RouteFile.Route> ids = new HashMap<>();
    private final Map<String, RouteFile.Route> froms = new HashMap<>();
    private final Set<String> variables = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> unknownNames = new ArrayList<>();

    /**
     * @param javaIds the ids of routes that are made in Java
     * @param javaFroms their endpoints, {@code direct:notify}
     */
    RouteNetwork(
            Collection<RouteFile> files,
            Set<String> javaIds,
            Set<String> javaFroms,
            @Nullable RouteVocabulary vocabulary) {
        this.files = files;
        this.javaIds = javaIds;
        this.javaFroms = javaFroms;
        this.vocabulary = vocabulary;
    }

    /** What is wrong among the routes themselves. */
    List<Problem> problems() {
        return problems;
    }

    /** Channels and variables that do not exist: names whose other half lies outside the route files. */
    List<Problem> unknownNames() {
        return unknownNames;
    }

    RouteNetwork check() {
        files.forEach(file -> {
            file.routes().forEach(this::checkRoute);
            file.templates().forEach(this::checkId);
            variables.addAll(file.variablesSet());
        });
        files.forEach(file -> {
            file.targets().forEach(this::checkTarget);
            checkVariables(file);
        });
        return this;
    }

    /** What is accepted and should be mended all the same. */
    static List<Problem> warnings(RouteFile file) {
        String name = file.path().substring(file.path().lastIndexOf('/') + 1).replaceAll("\\.ya?ml$", "");
        boolean named = file.routes().isEmpty()
                || file.routes().stream().anyMatch(route -> route.id().equals(name));
        return named
                ? List.of()
                : List.of(file.routes()
                        .getFirst()
                        .idAt()
                        .problem("No route in the file has its name: call the route '" + name
                                + "', or rename the file."));
    }

    private void checkRoute(RouteFile.Route route) {
        checkId(route);
        String from = route.from();
        if (javaFroms.contains(from) && from.startsWith("direct:")) {
            problems.add(
                    route.fromAt().problem("'" + from + "' is answered by the gateway itself: choose another name."));
        }
        RouteFile.Route other = single(from) ? froms.putIfAbsent(from, route) : null;
        if (other != null) {
            problems.add(route.fromAt()
                    .problem("'" + from + "' is answered by route '" + other.id() + "' in " + place(other)
                            + " already: only one route may."));
        }
        if (from.startsWith("platform-http:") && javaFroms.contains(from)) {
            problems.add(RouteForm.ownPath(route));
        }
    }

    private void checkId(RouteFile.Route route) {
        RouteFile.Route other = ids.putIfAbsent(route.id(), route);
        if (other != null) {
            problems.add(route.idAt()
                    .problem("The id '" + route.id() + "' is taken by " + place(other)
                            + ": give each route one of its own."));
        } else if (javaIds.contains(route.id())) {
            problems.add(route.idAt()
                    .problem("The id '" + route.id() + "' is taken by a route of the gateway: choose another."));
        }
    }

    private static boolean single(String from) {
        return from.startsWith("direct:") || from.startsWith("platform-http:");
    }

    private void checkTarget(RouteFile.Mention target) {
        String[] parts = target.name().split(":", 2);
        if (parts[0].equals("channel")) {
            Set<String> channels = vocabulary == null ? Set.of() : vocabulary.channels();
            if (vocabulary != null && !channels.contains(parts[1])) {
                unknownNames.add(target.problem("There is no channel '" + parts[1] + "' in config/channels.yaml."
                        + Spelling.hint(parts[1], channels)));
            }
        } else if (!answered(target.name())) {
            Set<String> known = new TreeSet<>(javaFroms);
            known.addAll(froms.keySet());
            known.removeIf(from -> !from.startsWith("direct:"));
            problems.add(target.problem("Nobody answers '" + target.name()
                    + "': add a route 'from' it, or correct the name." + Spelling.hint(target.name(), known)));
        }
    }

    private boolean answered(String direct) {
        return froms.containsKey(direct)
                || javaFroms.contains(direct)
                || files.stream()
                        .flatMap(file -> file.templates().stream())
                        .anyMatch(template -> fits(template.from(), direct));
    }

    /** A template's {@code direct:deliver-{{channel}}} answers whatever its parameters make of it. */
    private static boolean fits(String template, String direct) {
        String[] fixed = template.split("\\{\\{[^}]*}}", -1);
        return direct.matches(
                String.join(".+", Arrays.stream(fixed).map(Pattern::quote).toList()));
    }

    private void checkVariables(RouteFile file) {
        if (vocabulary == null) {
            return;
        }
        Set<String> known = new TreeSet<>(vocabulary.variables());
        known.addAll(variables);
        for (RouteFile.Mention variable : file.variables()) {
            if (!known.contains(variable.name())) {
                unknownNames.add(variable.problem("Nothing sets the variable '" + variable.name() + "'."
                        + Spelling.hint(variable.name(), known)));
            }
        }
    }

    private static String place(RouteFile.Route route) {
        return route.idAt().place().file() + " line " + route.idAt().place().line();
    }
}
