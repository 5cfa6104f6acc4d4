package dev.mehari.report;

import dev.mehari.channel.Puts;
import dev.mehari.http.TraceId;
import dev.mehari.notification.Notification;
import dev.mehari.notification.Priority;
import dev.mehari.report.ReportRuns.Begun;
import dev.mehari.routing.Routing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the gateway's reports on itself: counts since the report before, from the ledger. {@code routes/reports.yaml}
 * calls {@link #beginReport}, hands the notification on and calls {@link #finishReport}. Thread-safe.
 */
public class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final String BEGUN = "MehariReport";
    /** Quartz may start a job two milliseconds early. */
    private static final Duration EARLY = Duration.ofSeconds(1);

    private final ReportRoutes routes;
    private final ReportRuns runs;
    private final LedgerReader ledger;
    private final Supplier<String> ids;
    private final ReportCharts charts;
    private final Routing routing;
    private final Clock clock;

    Reports(
            ReportRoutes routes,
            ReportRuns runs,
            LedgerReader ledger,
            Supplier<String> ids,
            ReportCharts charts,
            Routing routing,
            Clock clock) {
        this.routes = routes;
        this.runs = runs;
        this.ledger = ledger;
        this.ids = ids;
        this.charts = charts;
        this.routing = routing;
        this.clock = clock;
    }

    /**
     * Called from the report's route: the body becomes the notification to hand on, or null when the report that is due
     * has been made already, by another node or before a restart.
     */
    public void beginReport(Exchange exchange) {
        var name = ReportRoutes.name(exchange.getFromRouteId())
                .orElseThrow(() -> new IllegalStateException("The route " + exchange.getFromRouteId()
                        + " makes no report; call it report-daily, report-weekly or the like."));
        exchange.getMessage().setBody(null);
        routes.of(name)
                .flatMap(route -> begin(name, ReportRoutes.schedule(route)))
                .ifPresent(begun -> {
                    exchange.setProperty(BEGUN, begun);
                    Routing.prepare(exchange, new Routing.Request(begun.notification(), null), new Puts(false));
                });
    }

    /** Called from the report's route after the router: the next report counts from this one, once it is durable. */
    public void finishReport(Exchange exchange) {
        var begun = exchange.getProperty(BEGUN, Begun.class);
        var notification = begun.notification();
        var channels = routing.await(notification, exchange.getProperty(Puts.PROPERTY, Puts.class));
        runs.finish(notification.type(), begun.due());
        LOG.info(
                "report.made name={} id={} due={} channels={}",
                notification.type(),
                notification.id(),
                begun.due(),
                channels);
    }

    /** A report that was made on demand, and where it went. */
    public record Made(Notification notification, Collection<String> channels) {}

    /**
     * A report that is made at set times.
     *
     * @param last when the last scheduled one was made; null before the first
     */
    public record Scheduled(
            String name,
            String description,
            String cron,
            ZoneId zone,
            @Nullable Instant last,
            @Nullable Instant next) {}

    /** Every report that a route makes, by name. */
    public List<Scheduled> all() {
        return routes.all().entrySet().stream()
                .map(entry -> scheduled(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Scheduled scheduled(String name, Route route) {
        var schedule = ReportRoutes.schedule(route);
        return new Scheduled(
                name,
                Objects.requireNonNullElse(route.getDescription(), ""),
                schedule.cron(),
                schedule.zone(),
                runs.last(name)
                        .filter(last -> !last.due().equals(last.at()))
                        .map(ReportRuns.Last::at)
                        .orElse(null),
                schedule.next(clock.instant()).orElse(null));
    }

    /**
     * Makes a report now, beside the scheduled ones: it counts since the last of them, and the next one does so too.
     *
     * @param name {@code report.daily}
     * @return what was handed on; it stands in its lanes
     * @throws UnknownReport when no route makes it
     */
    public Made make(String name) {
        var notification = preview(name);
        return new Made(notification, routing.route(notification));
    }

    /** What {@link #make} would hand on now; nothing is sent. */
    public Notification preview(String name) {
        Route route = routes.of(name)
                .orElseThrow(() -> new UnknownReport(name, routes.all().keySet()));
        Instant now = clock.instant();
        var counters = new Counters(ledger.read());
        var since = runs.last(name).orElse(new ReportRuns.Last(now, now, counters));
        var zone = ReportRoutes.schedule(route).zone();
        return notification(name, since, counters, now, zone, name + ":" + now);
    }

    /** When the report was due last and has not been made; the first of all counts from now and is not due. */
    Optional<Instant> overdue(String name, Schedule schedule) {
        var due = schedule.latest(clock.instant().plus(EARLY));
        var last = runs.last(name);
        if (last.isEmpty()) {
            runs.first(name, clock.instant(), new Counters(ledger.read()));
            return Optional.empty();
        }
        return due.filter(instant -> instant.isAfter(last.get().due()));
    }

    private Optional<Begun> begin(String name, Schedule schedule) {
        return overdue(name, schedule)
                .flatMap(due -> runs.last(name).flatMap(last -> {
                    Instant now = clock.instant();
                    var counters = new Counters(ledger.read());
                    var notification = notification(name, last, counters, now, schedule.zone(), name + ":" + due);
                    return runs.begin(name, last, new Begun(due, notification), now, counters);
                }));
    }

    private Notification notification(
            String name, ReportRuns.Last last, Counters counters, Instant now, ZoneId zone, String dedupeKey) {
        var data = ReportData.of(
                name.substring(name.indexOf('.') + 1), counters.since(last.counters()), last.at(), now, zone);
        var chart = charts.of(name, last.at(), now, zone);
        chart.ifPresent(picture -> data.put("chart", picture.name()));
        return new Notification(
                ids.get(),
                name,
                null,
                null,
                data,
                Priority.NORMAL,
                null,
                "report",
                TraceId.random(),
                dedupeKey,
                now,
                null,
                chart.map(List::of).orElse(List.of()));
    }
}
