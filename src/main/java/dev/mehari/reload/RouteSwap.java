package dev.mehari.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;

/**
 * Exchanges the routes of changed files in the running Camel, one route after the other, and touches no others. When it
 * fails at the last moment, the former ones are put back.
 */
final class RouteSwap {

    private final ModelCamelContext context;
    private final LiveRoutes live;
    private final TemplateInstances instances;

    RouteSwap(ModelCamelContext context, TemplateInstances instances) {
        this.context = context;
        this.live = new LiveRoutes(context);
        this.instances = instances;
    }

    void exchange(Map<String, RouteFile> before, Map<String, RouteFile> after) throws Exception {
        List<RouteFile> gone = different(before, after);
        List<RouteFile> fresh = different(after, before);
        List<RouteBuilder> builders = build(fresh);
        List<RouteBuilder> way = build(gone);
        try {
            exchange(gone, builders);
        } catch (Exception e) {
            List<RouteFile> both = new ArrayList<>(gone);
            both.addAll(fresh);
            exchange(both, way);
            throw e;
        }
    }

    private List<RouteBuilder> build(Collection<RouteFile> files) throws Exception {
        List<RouteBuilder> builders = new ArrayList<>();
        for (RouteFile file : files) {
            builders.add(RouteText.builder(context, file));
        }
        return builders;
    }

    private void exchange(Collection<RouteFile> gone, Collection<RouteBuilder> fresh) throws Exception {
        Set<RouteFile.Route> old = new HashSet<>();
        gone.forEach(file -> old.addAll(file.routes()));
        for (RouteBuilder builder : fresh) {
            for (RouteDefinition route : builder.getRouteCollection().getRoutes()) {
                live.exchange(formers(route, old), () -> context.addRouteDefinition(route));
            }
        }
        live.exchange(old.stream().map(RouteFile.Route::id).toList(), () -> {});
        exchangeTemplates(gone, fresh);
    }

    /** Those with the same id, and the one that answers the same {@code direct:} under another id. */
    private static Set<String> formers(RouteDefinition route, Set<RouteFile.Route> old) {
        String from = RouteFile.bare(route.getInput().getEndpointUri());
        Set<String> ids = new TreeSet<>();
        for (RouteFile.Route former : List.copyOf(old)) {
            if (former.id().equals(route.getRouteId()) || former.from().equals(from)) {
                ids.add(former.id());
                old.remove(former);
            }
        }
        return ids;
    }

    private void exchangeTemplates(Collection<RouteFile> gone, Collection<RouteBuilder> fresh) throws Exception {
        for (RouteFile file : gone) {
            for (RouteFile.Route template : file.templates()) {
                context.removeRouteTemplates(template.id());
            }
        }
        Set<String> remake = new TreeSet<>();
        for (RouteBuilder builder : fresh) {
            List<RouteTemplateDefinition> templates =
                    builder.getRouteTemplateCollection().getRouteTemplates();
            context.addRouteTemplateDefinitions(templates);
            templates.forEach(template -> remake.add(template.getId()));
        }
        if (!remake.isEmpty()) {
            instances.remake(remake);
        }
    }

    private static List<RouteFile> different(Map<String, RouteFile> files, Map<String, RouteFile> others) {
        return files.values().stream()
                .filter(file -> !others.containsKey(file.path())
                        || !others.get(file.path()).text().equals(file.text()))
                .toList();
    }
}
