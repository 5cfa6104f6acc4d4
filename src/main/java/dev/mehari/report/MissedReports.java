package dev.mehari.report;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Makes up for reports that were due while the gateway was down, or while Redis was: once, however many were missed. A
 * schedule that was edited while the gateway runs counts from the edit.
 */
class MissedReports {
    private static final Logger LOG = LoggerFactory.getLogger(MissedReports.class);

    private final CamelContext camel;
    private final ReportRoutes routes;
    private final Reports reports;
    private final BooleanSupplier settled;
    private final Clock clock;
    private final Map<String, Known> known = new HashMap<>();
    private boolean begun;

    /** @param settled false while the history, which charts are made of, is still on its way */
    MissedReports(CamelContext camel, ReportRoutes routes, Reports reports, BooleanSupplier settled, Clock clock) {
        this.camel = camel;
        this.routes = routes;
        this.reports = reports;
        this.settled = settled;
        this.clock = clock;
    }

    private record Known(Schedule schedule, Instant since) {}

    @Scheduled(initialDelay = 2_000, fixedDelay = 60_000)
    synchronized void makeUp() {
        if (!camel.isStarted()) {
            return;
        }
        boolean later = !begun && !settled.getAsBoolean();
        routes.all().forEach((name, route) -> {
            try {
                makeUp(name, route, later);
            } catch (Exception e) {
                LOG.warn("report {} not made, tried again in a minute: {}", name, e.toString());
            }
        });
        begun = true;
    }

    /** @param later only look, and send in the next round: a start is quicker than the history that charts need */
    private void makeUp(String name, Route route, boolean later) throws Exception {
        var schedule = ReportRoutes.schedule(route);
        var since = since(name, schedule);
        boolean missed = reports.overdue(name, schedule)
                .filter(due -> due.isAfter(since))
                .isPresent();
        if (missed && !later) {
            run(route);
        }
    }

    private Instant since(String name, Schedule schedule) {
        var before = known.get(name);
        if (before != null && before.schedule().equals(schedule)) {
            return before.since();
        }
        var since = begun ? clock.instant() : Instant.MIN;
        known.put(name, new Known(schedule, since));
        return since;
    }

    /** Sends an exchange down the route, as its timer does. */
    static void run(Route route) throws Exception {
        Exchange exchange = route.getEndpoint().createExchange();
        ((DefaultConsumer) route.getConsumer()).getProcessor().process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }
}
