package dev.mehari.reload;

import dev.mehari.problem.Problem;
import dev.mehari.problem.YamlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Route files checked without a gateway: YAML, outline, Camel's schema, and the network of all of them. What only Camel
 * knows, options and beans, is left to the running one.
 */
public final class RoutesOffline {
    private RoutesOffline() {}

    /** Mistakes, and what is accepted and should be mended all the same. */
    public record Checked(List<Problem> problems, List<Problem> warnings) {}

    /**
     * @param texts by path, {@code routes/routing.yaml}
     * @param javaIds the ids of the routes that the gateway makes itself
     * @param javaEndpoints where they begin, {@code direct:notify}
     */
    public static Checked check(
            Map<String, String> texts, Set<String> javaIds, Set<String> javaEndpoints, RouteVocabulary vocabulary) {
        RouteSchema schema = new RouteSchema();
        Map<String, RouteFile> files = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        texts.forEach((path, text) -> {
            switch (YamlFile.parse(path, text)) {
                case YamlFile.Broken broken -> problems.addAll(broken.problems());
                case YamlFile.Parsed parsed -> {
                    RouteFile file = new RouteFile(path, text, parsed.root());
                    files.put(path, file);
                    List<Problem> form = RouteForm.check(file);
                    problems.addAll(form.isEmpty() ? schema.check(file) : form);
                }
            }
            if (path.endsWith(".yml")) {
                problems.add(Problem.of(path, "Rename the file so that it ends in .yaml."));
            }
        });
        // Of a file that cannot be read nothing is known, so who answers whom cannot be said either.
        if (files.size() == texts.size()) {
            RouteNetwork network = new RouteNetwork(files.values(), javaIds, javaEndpoints, vocabulary).check();
            problems.addAll(network.problems());
            problems.addAll(network.unknownNames());
        }
        List<Problem> warnings = files.values().stream()
                .flatMap(file -> RouteNetwork.warnings(file).stream())
                .toList();
        return new Checked(problems, warnings);
    }
}
