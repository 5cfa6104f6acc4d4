package dev.mehari.reload;

import dev.mehari.problem.Problem;
import dev.mehari.problem.Spelling;
import dev.mehari.problem.YamlNode;
import dev.mehari.problem.YamlNode.Items;
import dev.mehari.problem.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The outline of a route file: a list of entries that can be exchanged while the gateway runs, each route with its id. */
final class RouteForm {

    private static final Set<String> TAKEN = Set.of(
            "route",
            "routeTemplate",
            "onException",
            "onCompletion",
            "errorHandler",
            "intercept",
            "interceptFrom",
            "interceptSendToEndpoint");

    private static final Map<String, String> NOT_TAKEN = Map.of(
            "from", "Write '- route:' with an 'id', and 'from:' inside it: what has no id cannot be exchanged later.",
            "beans", "Beans cannot be exchanged while the gateway runs: make them in Java.",
            "dataFormats",
                    "Data formats cannot be exchanged while the gateway runs: name them in the step that uses them.",
            "routeConfiguration",
                    "Route configurations cannot be exchanged one by one: put 'onException' at the top of the file.",
            "templatedRoute", "Routes are made from templates in Java: write a 'route' here.",
            "rest", "Write a 'route' with 'from: uri: platform-http:/path' instead of 'rest'.",
            "restConfiguration", "Write a 'route' with 'from: uri: platform-http:/path' instead of 'rest'.");

    /** The gateway's own paths; sources live under {@code /webhook}. */
    private static final Pattern OWN_PATHS = Pattern.compile(
            "platform-http:/?(api|hawtio|sandbox|health|metrics|docs|stats|jolokia|actuator)(/.*)?",
            Pattern.CASE_INSENSITIVE);

    private RouteForm() {}

    static List<Problem> check(RouteFile file) {
        if (!(file.root() instanceof Items items)) {
            boolean empty =
                    file.root() instanceof Mapping mapping && mapping.entries().isEmpty();
            return List.of(file.root()
                    .problem(
                            empty
                                    ? "The file is empty: write a list that begins with '- route:', or delete the file."
                                    : "The file must be a list: begin with '- route:' and indent what follows."));
        }
        List<Problem> problems = new ArrayList<>();
        items.nodes().forEach(node -> checkEntry(node, problems));
        file.routes().stream()
                .filter(route -> OWN_PATHS.matcher(route.from()).matches())
                .forEach(route -> problems.add(ownPath(route)));
        return problems;
    }

    static Problem ownPath(RouteFile.Route route) {
        String path = route.from().substring(route.from().indexOf(':') + 1);
        return route.fromAt().problem("The path '" + path + "' belongs to the gateway: choose one under /webhook/.");
    }

    private static void checkEntry(YamlNode node, List<Problem> problems) {
        if (!(node instanceof Mapping entry)) {
            problems.add(node.problem("Write '- route:' here, not " + node.kind() + "."));
            return;
        }
        if (entry.entries().size() > 1) {
            problems.add(entry.problem("Only one entry may stand after a '-', here are "
                    + String.join(" and ", entry.entries().keySet())
                    + ": indent what belongs to the first one deeper."));
            return;
        }
        entry.entries().forEach((name, value) -> {
            if (NOT_TAKEN.containsKey(name)) {
                problems.add(value.place().problem(NOT_TAKEN.get(name)));
            } else if (!TAKEN.contains(name)) {
                problems.add(value.place().problem("Unknown entry '" + name + "'." + Spelling.hint(name, TAKEN)));
            } else if (name.startsWith("route")) {
                checkId(name, value, problems);
            }
        });
    }

    private static void checkId(String name, Mapping.Entry entry, List<Problem> problems) {
        if (entry.value() instanceof Mapping route
                && RouteFile.scalar(route, "id").isEmpty()) {
            problems.add(entry.place().problem("The " + name + " has no id: add 'id:' with the name of the file."));
        }
    }
}
