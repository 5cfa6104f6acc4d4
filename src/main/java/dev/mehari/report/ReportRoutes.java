package dev.mehari.report;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzEndpoint;

/**
 * The routes that make reports: those whose id is {@code report-NAME} and that Quartz starts. Their file is the only
 * place where a schedule stands, so it is read from the running route.
 */
final class ReportRoutes {
    private static final String PREFIX = "report-";

    private final CamelContext camel;

    ReportRoutes(CamelContext camel) {
        this.camel = camel;
    }

    /** Report name to route; the report of the route {@code report-daily} is {@code report.daily}. */
    SortedMap<String, Route> all() {
        var routes = new TreeMap<String, Route>();
        for (Route route : camel.getRoutes()) {
            name(route.getRouteId()).filter(name -> isScheduled(route)).ifPresent(name -> routes.put(name, route));
        }
        return routes;
    }

    Optional<Route> of(String name) {
        return Optional.ofNullable(all().get(name));
    }

    static Schedule schedule(Route route) {
        return Schedule.of((QuartzEndpoint) route.getEndpoint());
    }

    static Optional<String> name(String routeId) {
        return routeId.startsWith(PREFIX)
                ? Optional.of("report." + routeId.substring(PREFIX.length()))
                : Optional.empty();
    }

    private static boolean isScheduled(Route route) {
        return route.getEndpoint() instanceof QuartzEndpoint quartz && quartz.getCron() != null;
    }
}
