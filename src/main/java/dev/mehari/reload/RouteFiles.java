package dev.mehari.reload;

import dev.mehari.problem.Problem;
import dev.mehari.problem.YamlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The route files. Each stands alone: what is wrong with one leaves its last good text running, and touches no other.
 * A text is checked for YAML, outline, Camel's schema, Camel itself in a trial, and its part in the whole network.
 */
final class RouteFiles implements EditableFiles, ChannelsNamed {

    private static final Pattern MINE = Pattern.compile("routes/.+\\.ya?ml");

    private final ModelCamelContext context;
    private final Supplier<@Nullable RouteVocabulary> vocabulary;
    private final TemplateInstances instances;
    private final RouteSchema schema = new RouteSchema();
    private final PassedRoutes passed;
    private final RouteTrial trial;
    private final RouteSwap swap;
    private final Map<String, Checked> checked = new HashMap<>();
    private volatile Map<String, RouteFile> inUse = Map.of();

    RouteFiles(
            CamelContext context,
            Supplier<@Nullable RouteVocabulary> vocabulary,
            TemplateInstances instances,
            PassedRoutes passed) {
        this.context = (ModelCamelContext) context;
        this.passed = passed;
        this.vocabulary = vocabulary;
        this.instances = instances;
        this.trial = new RouteTrial(context, instances);
        this.swap = new RouteSwap(this.context, instances);
    }

    /** A text that was checked by itself, kept so that it is not checked again while others change. */
    private record Checked(String text, @Nullable RouteFile file, List<Problem> problems) {}

    @Override
    public String name() {
        return "routes";
    }

    @Override
    public boolean covers(String path) {
        return MINE.matcher(path).matches();
    }

    @Override
    public int order() {
        return 300;
    }

    @Override
    public boolean eachFileAlone() {
        return true;
    }

    @Override
    public Change prepare(Snapshot files) {
        List<Problem> problems = new ArrayList<>();
        Map<String, RouteFile> next = each(files, this::remembered, problems);
        return problems.isEmpty() ? together(next) : Change.refused(problems);
    }

    private Checked remembered(String path, String text) {
        return checked.compute(
                path,
                (same, before) -> before != null
                                && before.text().equals(text)
                                && before.problems().isEmpty()
                        ? before
                        : check(path, text));
    }

    private static Map<String, RouteFile> each(
            Snapshot files, BiFunction<String, String, Checked> check, List<Problem> problems) {
        Map<String, RouteFile> all = new TreeMap<>();
        files.texts().forEach((path, text) -> {
            Checked result = check.apply(path, text);
            problems.addAll(result.problems());
            if (result.file() != null) {
                all.put(path, result.file());
            }
        });
        return all;
    }

    /** The files with each other, and with the names that Java and the channels bring. */
    private Change together(Map<String, RouteFile> next) {
        RouteNetwork network = network(next, vocabulary.get()).check();
        List<Problem> problems = new ArrayList<>(network.problems());
        problems.addAll(templatesMissed(next));
        List<Problem> warnings = new ArrayList<>();
        network.unknownNames()
                .forEach(problem -> (bearable(next.get(problem.file())) ? warnings : problems).add(problem));
        if (!problems.isEmpty()) {
            return Change.refused(problems);
        }
        next.values().forEach(file -> warnings.addAll(RouteNetwork.warnings(file)));
        return new Change.Ready(() -> exchange(next), warnings);
    }

    /** A name that went away: the messages that need it fail, and refusing the file would fail all the others, too. */
    private boolean bearable(@Nullable RouteFile file) {
        RouteFile present = file == null ? null : inUse.get(file.path());
        return !context.isStarted()
                || present != null && file != null && present.text().equals(file.text());
    }

    /** By channel, where the routes in use send to it. */
    @Override
    public Map<String, String> channelsNamed() {
        Map<String, String> named = new TreeMap<>();
        inUse.values()
                .forEach(file -> file.targets().stream()
                        .filter(target -> target.name().startsWith("channel:"))
                        .forEach(target -> named.putIfAbsent(
                                target.name().substring("channel:".length()),
                                file.path() + " line " + target.at().place().line())));
        return named;
    }

    private void exchange(Map<String, RouteFile> next) throws Exception {
        swap.exchange(inUse, next);
        inUse = next;
        checked.keySet().retainAll(next.keySet());
    }

    private Checked check(String path, String text) {
        if (path.endsWith(".yml")) {
            return new Checked(text, null, List.of(Problem.of(path, "Rename the file so that it ends in .yaml.")));
        }
        return switch (YamlFile.parse(path, text)) {
            case YamlFile.Broken broken -> new Checked(text, null, broken.problems());
            case YamlFile.Parsed parsed -> {
                RouteFile file = new RouteFile(path, text, parsed.root());
                yield new Checked(text, file, check(file));
            }
        };
    }

    /** The texts that run now. */
    Snapshot inUse() {
        Map<String, String> texts = new TreeMap<>();
        inUse.forEach((path, file) -> texts.put(path, file.text()));
        return Snapshot.of(texts);
    }

    /** What would be wrong with files in place of those in use, with these names for them; nothing is kept. */
    List<Problem> problems(Snapshot files, RouteVocabulary names) {
        List<Problem> problems = new ArrayList<>();
        Map<String, RouteFile> all = each(files, this::check, problems);
        if (problems.isEmpty()) {
            RouteNetwork network = network(all, names).check();
            problems.addAll(network.problems());
            problems.addAll(network.unknownNames());
        }
        return problems;
    }

    private List<Problem> check(RouteFile file) {
        List<Problem> problems = RouteForm.check(file);
        if (!problems.isEmpty()) {
            return problems;
        }
        boolean shipped = ShippedRoutes.contain(file);
        problems = shipped ? List.of() : checkSchema(file);
        return problems.isEmpty() && !(shipped && ShippedRoutes.askNoSetting(file)) ? trial.check(file) : problems;
    }

    private List<Problem> checkSchema(RouteFile file) {
        if (passed.contain(file)) {
            return List.of();
        }
        List<Problem> problems = schema.check(file);
        if (problems.isEmpty()) {
            passed.add(file);
        }
        return problems;
    }

    private RouteNetwork network(Map<String, RouteFile> files, @Nullable RouteVocabulary names) {
        Set<String> mine = inUse.values().stream()
                .flatMap(file -> file.routes().stream())
                .map(RouteFile.Route::id)
                .collect(Collectors.toSet());
        Set<String> ids = new HashSet<>();
        Set<String> froms = new HashSet<>();
        for (RouteDefinition route : context.getRouteDefinitions()) {
            if (!mine.contains(route.getRouteId()) && !Boolean.TRUE.equals(route.isTemplate())) {
                ids.add(route.getRouteId());
                froms.add(RouteFile.bare(route.getInput().getEndpointUri()));
            }
        }
        return new RouteNetwork(files.values(), ids, froms, names);
    }

    /** A template that Java makes routes of may be changed, but not go. */
    private List<Problem> templatesMissed(Map<String, RouteFile> next) {
        Set<String> kept = templates(next.values().stream());
        List<Problem> problems = new ArrayList<>();
        inUse.values()
                .forEach(file -> file.templates().forEach(template -> {
                    if (!kept.contains(template.id())
                            && !instances.trialParameters(template.id()).isEmpty()) {
                        problems.add(file.problem("The gateway makes routes of the template '" + template.id()
                                + "', which is gone: put it back."));
                    }
                }));
        return problems;
    }

    private static Set<String> templates(Stream<RouteFile> files) {
        return files.flatMap(file -> file.templates().stream())
                .map(RouteFile.Route::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
