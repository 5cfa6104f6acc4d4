package dev.mehari.reload;

import dev.mehari.problem.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.LoggingLevel;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;

/**
 * Route files that are tried beside those in use: checked as an edit is checked, then run in a Camel of their own that
 * sends nothing. The routes in use are not touched. Thread-safe.
 */
public final class CandidateRoutes {
    private final CamelContext running;
    private final RouteFiles files;

    CandidateRoutes(CamelContext running, RouteFiles files) {
        this.running = running;
        this.files = files;
    }

    /** A started Camel with the routes in it. Close it. */
    public record DryRun(CamelContext camel, Set<String> notCalled) implements AutoCloseable {
        @Override
        public void close() {
            camel.stop();
        }
    }

    /** The texts that run now. */
    public Snapshot inUse() {
        return files.inUse();
    }

    /** What is wrong with them; empty when they could be put in place. */
    public List<Problem> check(Snapshot candidate, RouteVocabulary names) {
        return files.problems(candidate, names);
    }

    /**
     * Starts those routes that begin with {@code direct:}; all the others wait for a world that a dry run has not.
     *
     * @param texts without problems
     * @param java routes that the gateway makes itself
     * @param components to take instead of the running ones, by scheme
     */
    public DryRun start(Snapshot texts, RoutesBuilder java, Map<String, Component> components) {
        var camel = new DryContext(running, components);
        try {
            camel.addRoutes(java);
            for (Map.Entry<String, String> text : texts.texts().entrySet()) {
                camel.addRouteDefinitions(answering(camel, text.getKey(), text.getValue()));
            }
            camel.start();
            return new DryRun(camel, camel.notCalled());
        } catch (Exception e) {
            camel.stop();
            throw new IllegalStateException("The routes cannot be run for show: " + e.getMessage(), e);
        }
    }

    private static Collection<RouteDefinition> answering(CamelContext camel, String path, String text)
            throws Exception {
        List<RouteDefinition> routes = RouteText.builder(camel, path, text).getRouteCollection().getRoutes().stream()
                .filter(route -> route.getInput().getEndpointUri().startsWith("direct:"))
                .toList();
        // A hundred thousand messages would say the same a hundred thousand times.
        routes.forEach(route -> ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), LogDefinition.class)
                .forEach(log -> log.setLoggingLevel(LoggingLevel.OFF.name())));
        return routes;
    }
}
