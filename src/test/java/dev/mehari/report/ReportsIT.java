package dev.mehari.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.mehari.channel.LaneSettings;
import dev.mehari.channel.Lanes;
import dev.mehari.channel.WakeUp;
import dev.mehari.notification.Notification;
import dev.mehari.redis.RedisGate;
import dev.mehari.routing.Routing;
import dev.mehari.testkit.MutableClock;
import dev.mehari.testkit.RealRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The shipped routes with a turned clock: what Quartz would start is started by hand. */
class ReportsIT {
    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-19T12:00:00Z"));
    private final Map<String, Long> counters = new HashMap<>();
    private final List<Notification> sent = new CopyOnWriteArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private Runnable onNotify = () -> {};

    @AfterEach
    void stop() {
        nodes.forEach(Node::close);
    }

    @Test
    void report_isMadeWhenDueAndCountsSinceTheOneBefore() {
        var node = new Node();
        node.makeUp();
        delivered(10);
        turnTo("2026-11-19T17:00:00Z");
        node.fire("report-daily");
        delivered(5);
        turnTo("2026-11-20T17:00:00Z");
        node.fire("report-daily");

        assertThat(sent).extracting(Notification::type).containsExactly("report.daily", "report.daily");
        assertThat(totals()).containsExactly(10L, 5L);
        assertThat(sent.get(1).data())
                .containsEntry("period", "daily")
                .containsEntry("from", "2026-11-19T18:00:00+01:00")
                .containsEntry("to", "2026-11-20T18:00:00+01:00");
        assertThat(sent.get(1).dedupeKey()).isEqualTo("report.daily:2026-11-20T17:00:00Z");
        assertThat(sent.get(1).source()).isEqualTo("report");
    }

    @Test
    void firstStart_makesNothingUp() {
        new Node().makeUp();

        assertThat(sent).isEmpty();
    }

    @Test
    void reportsMissedWhileDown_areMadeUpOnce() {
        new Node().makeUp();
        delivered(7);
        turnTo("2026-11-25T09:00:00Z");

        var back = new Node();
        back.makeUp();
        back.makeUp();

        assertThat(sent).extracting(Notification::type).containsExactly("report.daily", "report.weekly");
        assertThat(totals()).containsExactly(7L, 7L);
        assertThat(sent.get(0).dedupeKey()).isEqualTo("report.daily:2026-11-24T17:00:00Z");
        assertThat(sent.get(1).dedupeKey()).isEqualTo("report.weekly:2026-11-23T05:00:00Z");
    }

    @Test
    void restartOnTheDayOf25Hours_makesUpTheOneOfItsEvening() {
        turnTo("2026-10-24T16:00:01Z");
        new Node().makeUp();
        turnTo("2026-10-25T16:59:00Z");
        new Node().makeUp();
        assertThat(sent).isEmpty();

        turnTo("2026-10-25T17:00:30Z");
        new Node().makeUp();

        assertThat(sent).extracting(Notification::dedupeKey).containsExactly("report.daily:2026-10-25T17:00:00Z");
    }

    @Test
    void twoNodes_makeOneReport() {
        var one = new Node();
        var other = new Node();
        one.makeUp();
        turnTo("2026-11-19T17:00:00Z");

        one.fire("report-daily");
        other.fire("report-daily");
        other.makeUp();

        assertThat(sent).hasSize(1);
    }

    @Test
    void twoNodesAtTheSameMoment_sendTheSameNotification() {
        var one = new Node();
        var other = new Node();
        one.makeUp();
        turnTo("2026-11-19T17:00:00Z");
        var nested = new AtomicInteger();
        onNotify = () -> {
            if (nested.getAndIncrement() == 0) {
                delivered(100);
                other.fire("report-daily");
            }
        };

        one.fire("report-daily");

        assertThat(sent).hasSize(2);
        assertThat(sent.get(1)).isEqualTo(sent.get(0));
    }

    @Test
    void reportThatCouldNotBeHandedOn_isSentAgainAsItWasAndNothingIsCountedTwice() {
        var node = new Node();
        node.makeUp();
        delivered(3);
        turnTo("2026-11-19T17:00:00Z");
        onNotify = () -> {
            throw new IllegalStateException("Redis is away");
        };
        assertThatThrownBy(() -> node.fire("report-daily")).hasRootCauseMessage("Redis is away");
        onNotify = () -> {};
        delivered(4);
        clock.advance(Duration.ofMinutes(1));

        var restarted = new Node();
        restarted.makeUp();
        turnTo("2026-11-20T17:00:00Z");
        restarted.fire("report-daily");

        assertThat(totals()).containsExactly(3L, 4L);
    }

    @Test
    void scheduleEditedWhileRunning_missesNothingBeforeTheEdit() throws Exception {
        var node = new Node();
        node.makeUp();
        turnTo("2026-11-19T16:30:00Z");

        node.load(Files.readString(Path.of("routes/reports.yaml")).replace("0 0 18", "0 0 17"));
        node.makeUp();
        assertThat(sent).isEmpty();

        turnTo("2026-11-20T16:02:00Z");
        node.makeUp();
        assertThat(sent).extracting(Notification::dedupeKey).containsExactly("report.daily:2026-11-20T16:00:00Z");
    }

    @Test
    void reportOnDemand_leavesTheScheduledOneAsItIs() {
        var node = new Node();
        node.makeUp();
        delivered(6);

        var made = node.reports.make("report.daily");
        turnTo("2026-11-19T17:00:00Z");
        node.fire("report-daily");

        assertThat(sent.get(0)).isEqualTo(made.notification());
        assertThat(totals()).containsExactly(6L, 6L);
        assertThatThrownBy(() -> node.reports.make("report.hourly"))
                .isInstanceOf(UnknownReport.class)
                .hasMessageContaining("report.daily, report.weekly");
    }

    @Test
    void quartz_startsTheRouteAtItsTime() throws Exception {
        var node = new Node(true);
        node.makeUp();
        clock.advance(Duration.ofDays(1));

        node.load(Files.readString(Path.of("routes/reports.yaml")).replace("0 0 18 * * ?", "* * * * * ?"));

        await().untilAsserted(() -> assertThat(sent).hasSize(1));
    }

    @Test
    void chart_goesWithTheReportAndIsLeftOutWhereItCannotBeMade() {
        var node = new Node();
        node.makeUp();
        hours = List.of(new Activity.Point(clock.instant(), 3, 1, 1, 20L, 90L));
        turnTo("2026-11-19T17:00:00Z");
        node.fire("report-daily");
        hours = null;
        turnTo("2026-11-20T17:00:00Z");
        node.fire("report-daily");

        assertThat(sent.get(0).data()).containsEntry("chart", "chart.png");
        assertThat(sent.get(0).attachments()).singleElement().satisfies(chart -> {
            assertThat(chart.contentType()).isEqualTo("image/png");
            assertThat(chart.content()).startsWith(0x89, 'P', 'N', 'G');
        });
        assertThat(sent.get(1).data()).doesNotContainKey("chart").containsKey("total");
        assertThat(sent.get(1).attachments()).isEmpty();
    }

    @Test
    void preview_isTheReportAndSendsNothing() {
        var node = new Node();
        node.makeUp();
        delivered(6);

        assertThat(node.reports.preview("report.daily").data()).containsEntry("total", 6L);
        assertThat(sent).isEmpty();
        assertThat(node.reports.all())
                .extracting(Reports.Scheduled::name, Reports.Scheduled::next)
                .containsExactly(
                        tuple("report.daily", Instant.parse("2026-11-19T17:00:00Z")),
                        tuple("report.weekly", Instant.parse("2026-11-23T05:00:00Z")));
    }

    @Test
    void missedReport_waitsARoundForTheHistoryThatItsChartNeeds() {
        new Node().makeUp();
        delivered(7);
        turnTo("2026-11-20T09:00:00Z");
        historySettled = false;

        var back = new Node();
        back.makeUp();
        assertThat(sent).isEmpty();
        back.makeUp();
        assertThat(sent).extracting(Notification::type).containsExactly("report.daily");
    }

    private boolean historySettled = true;

    /** Null: the history is away. */
    private @Nullable List<Activity.Point> hours = List.of();

    private Activity activity(Instant from, Instant to, ZoneId zone) {
        if (hours == null) {
            throw new IllegalStateException("PostgreSQL is away");
        }
        return new Activity(Duration.ofHours(1), zone, hours);
    }

    private void turnTo(String instant) {
        clock.advance(Duration.between(clock.instant(), Instant.parse(instant)));
    }

    private void delivered(long more) {
        counters.merge("delivered", more, Long::sum);
        counters.merge("delivered:trade.opened", more, Long::sum);
    }

    private List<Object> totals() {
        return sent.stream()
                .<Object>map(notification -> ((Number) notification.data().get("total")).longValue())
                .toList();
    }

    /** Nothing is put here: the routes end at a stub. */
    private final Lanes lanes = new Lanes(
            new LaneSettings("mehari:", "node", 0),
            new RedisGate(() -> {
                throw new IllegalStateException();
            }),
            clock,
            new WakeUp(),
            type -> type);

    /** A gateway process with the shipped report routes. */
    private final class Node implements AutoCloseable {
        private final DefaultCamelContext camel = new DefaultCamelContext();
        private final ReportRoutes routes = new ReportRoutes(camel);
        private final AtomicInteger ids = new AtomicInteger(nodes.size() * 100);
        private final Reports reports = new Reports(
                routes,
                new ReportRuns(redis.template(), "mehari:"),
                () -> Map.of("trades", Map.copyOf(counters)),
                () -> "id-" + ids.incrementAndGet(),
                new ReportCharts(ReportsIT.this::activity),
                new Routing(camel.createProducerTemplate(), lanes),
                clock);
        private final MissedReports missed = new MissedReports(camel, routes, reports, () -> historySettled, clock);

        Node() {
            this(false);
        }

        /** @param timers whether Quartz runs, by the real clock */
        Node(boolean timers) {
            nodes.add(this);
            var properties = new Properties();
            properties.put("mehari.report.time-zone", "Europe/Paris");
            camel.getPropertiesComponent().setInitialProperties(properties);
            camel.getRegistry().bind("reports", reports);
            try {
                camel.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:notify").errorHandler(noErrorHandler()).process(exchange -> {
                            var notification = exchange.getMessage().getBody(Notification.class);
                            onNotify.run();
                            sent.add(notification);
                        });
                    }
                });
                camel.getComponent("quartz", QuartzComponent.class).setAutoStartScheduler(timers);
                load(Files.readString(Path.of("routes/reports.yaml")));
                camel.start();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        void load(String yaml) throws Exception {
            for (var id : List.of("report-daily", "report-weekly", "reports")) {
                if (camel.getRoute(id) != null) {
                    camel.getRouteController().stopRoute(id);
                    camel.removeRoute(id);
                }
            }
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("reports.yaml", yaml));
        }

        void makeUp() {
            missed.makeUp();
        }

        void fire(String routeId) {
            try {
                MissedReports.run(camel.getRoute(routeId));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            camel.stop();
        }
    }
}
