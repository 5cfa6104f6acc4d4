package dev.mehari.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.report.Reports;
import dev.mehari.testkit.Browser;
import dev.mehari.testkit.Caller;
import dev.mehari.testkit.Caller.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What the people see who run it: sandbox page, console, health, metrics, reports. */
class OperationsJourneyIT extends Journey {

    @Test
    void theConsole_asksForItsLogin() {
        Caller stranger = caller().withKey("");
        String login = "Basic "
                + Base64.getEncoder()
                        .encodeToString("admin:journeys-console-password".getBytes(StandardCharsets.UTF_8));

        assertThat(stranger.get("/hawtio/", "Accept", "text/html").status()).isIn(302, 401);
        assertThat(stranger.get("/hawtio/").status()).isEqualTo(401);
        assertThat(stranger.get("/jolokia/version").status()).isEqualTo(401);
        assertThat(caller().get("/jolokia/version").status())
                .as("an API key is no login")
                .isEqualTo(401);
        assertThat(stranger.get("/hawtio/index.html", "Authorization", login).status())
                .isEqualTo(200);
        Answer routes = stranger.get("/jolokia/search/org.apache.camel:type=routes,*", "Authorization", login);
        assertThat(routes.status()).isEqualTo(200);
        assertThat(routes.text()).contains("routing").contains("deliver-trades");
    }

    @Test
    void health_saysUp_andHidesDetailsFromStrangers() {
        Answer open = caller().withKey("").get("/health");

        assertThat(open.status()).isEqualTo(200);
        assertThat(open.at("/status")).isEqualTo("UP");
        assertThat(open.text()).doesNotContain("version").doesNotContain("127.0.0.1");
        assertThat(caller().withKey("").get("/api/health/detailed").status()).isEqualTo(401);
        assertThat(caller().get("/api/health/detailed").text())
                .contains("redis")
                .contains("trades");
        JsonNode parts = caller().get("/api/health/detailed").json().path("components");
        assertThat(parts.at("/schedules/details/report-daily/state").asText())
                .as(parts.toString())
                .isEqualTo("normal");
        assertThat(parts.at("/schedules/details/purge/next").asText()).contains("T");
        assertThat(parts.at("/reloader/status").asText()).isEqualTo("UP");
        assertThat(parts.at("/channels/details/trades/breaker").asText()).isEqualTo("closed");
        assertThat(caller().withKey("").get("/health/liveness").status()).isEqualTo(200);
        assertThat(caller().withKey("").get("/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void whatNeedsAPerson_showsInHealth_andTheWholeStaysUp() {
        String types = GATEWAY.read("config/types.yaml");
        caller().post("/api/v1/channels/signal/pause");
        GATEWAY.write("config/types.yaml", "no: [good");
        try {
            soon().untilAsserted(() -> {
                Answer health = caller().get("/api/health/detailed");
                assertThat(health.status()).isEqualTo(200);
                assertThat(health.at("/status")).isEqualTo("UP");
                assertThat(health.at("/components/reloader/status")).isEqualTo("WARNING");
                assertThat(health.json().at("/components/reloader/details").toString())
                        .contains("config/types.yaml");
                assertThat(health.at("/components/channels/details/signal/paused"))
                        .isEqualTo("by an operator");
            });
        } finally {
            GATEWAY.write("config/types.yaml", types);
            caller().post("/api/v1/channels/signal/resume");
        }
        soon().untilAsserted(
                        () -> assertThat(caller().get("/api/health/detailed").at("/components/reloader/status"))
                                .isEqualTo("UP"));
    }

    @Test
    void metrics_haveTheirNames() {
        send("alone", "counted");
        soon().untilAsserted(() -> assertThat(titles("alone")).containsExactly("counted"));

        soon().untilAsserted(() -> assertMetrics(caller().withKey("").get("/metrics")));
    }

    private static void assertMetrics(Answer metrics) {
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.text())
                .contains(
                        "mehari_delivery_attempts_total{channel=\"alone\",outcome=\"delivered\"",
                        "mehari_delivery_duration_seconds_bucket{channel=\"alone\"",
                        "mehari_delivery_latency_seconds_bucket{channel=\"alone\"",
                        "mehari_lane_depth{channel=\"alone\"",
                        "mehari_lane_oldest_age_seconds{channel=\"alone\"",
                        "mehari_ledger_deliveries{channel=\"alone\",state=\"accepted\"",
                        "mehari_ledger_difference{channel=\"alone\"} 0.0",
                        "mehari_routing_unmatched_total",
                        "mehari_reload_success{kind=\"routes\"} 1.0",
                        "mehari_dead_letters_waiting");
    }

    @Test
    void reports_standInTheirFile_andTellRightCounts() {
        CamelContext camel = GATEWAY.bean(CamelContext.class);
        assertThat(camel.getRoute("report-daily").getEndpoint().getEndpointUri())
                .contains("18");
        assertThat(camel.getRoute("report-weekly").getEndpoint().getEndpointUri())
                .contains("MON");
        Reports reports = GATEWAY.bean(Reports.class);
        // What is sent in the first seconds, before the first report was begun, is in none.
        soon().until(() -> redis().hasKey("mehari:report:report.daily"));
        int before = reported();
        for (String title : numbered("note", 1, 7)) {
            send("alone", title);
        }
        soon().untilAsserted(() -> assertThat(titles("alone")).hasSize(7));
        untilNothingWaits();

        assertThat(reported()).as("seven notes and the report before").isEqualTo(before + 8);
        assertThat(inbox().messages("performance").get(0).request().body())
                .contains("alone")
                .contains("delivered");
    }

    /** Makes a daily report and answers how many deliveries it tells of. */
    private static int reported() {
        int reports = inbox().messages("performance").size();
        GATEWAY.bean(Reports.class).make("report.daily");
        soon().untilAsserted(() -> assertThat(inbox().messages("performance")).hasSize(reports + 1));
        String body = inbox().messages("performance").get(0).request().body();
        return Integer.parseInt(body.replaceFirst("(?s).*\"(\\d+) deliveries.*", "$1"));
    }

    @Test
    void aMissedReport_isMadeOnce_howeverManyWereMissed() {
        missed("report.daily", Instant.now().minus(Duration.ofDays(5)));

        GATEWAY.restart();

        soon().untilAsserted(() -> assertThat(inbox().messages("performance")).hasSize(1));
        GATEWAY.restart();
        send("performance", "after");
        soon().untilAsserted(() -> assertThat(titles("performance")).contains("after"));
        assertThat(inbox().messages("performance")).hasSize(1);
    }

    /** As if the report had been due last at that time, with all counted since. */
    private static void missed(String name, Instant due) {
        GATEWAY.bean(Reports.class);
        String key = "mehari:report:" + name;
        soon().untilAsserted(() -> assertThat(redis().hasKey(key)).isTrue());
        redis().opsForHash().put(key, "due", Long.toString(due.toEpochMilli()));
        redis().opsForHash().put(key, "at", Long.toString(due.toEpochMilli()));
    }

    @Test
    void theSandboxPage_showsWhatArrives_inARealBrowser(@TempDir(cleanup = CleanupMode.NEVER) Path folder)
            throws Exception {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "no Chromium is installed here: the sandbox page is not looked at");
        send("trades", "Seen by a browser");
        soon().untilAsserted(() -> assertThat(titles("trades")).contains("Seen by a browser"));

        try (Browser browser = new Browser(chromium.get(), folder, GATEWAY.address() + "/sandbox")) {
            soon().untilAsserted(() ->
                    assertThat(browser.text()).contains("Seen by a browser").contains("trades"));
            send("trades", "Seen without a reload");
            soon().untilAsserted(() -> assertThat(browser.text()).contains("Seen without a reload"));
            assertThat(browser.text().indexOf("Seen without a reload"))
                    .as("newest first")
                    .isLessThan(browser.text().indexOf("Seen by a browser"));
        }
    }
}
