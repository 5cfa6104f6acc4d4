package dev.mehari.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.sandbox.Fault;
import org.junit.jupiter.api.Test;

/** What the fallback channel took over can be sent to the channel itself when it is back. */
class DivertedJourneyIT extends Journey {

    @Test
    void whatWasDiverted_isListed_countedDry_andSentAgainOnce() {
        GATEWAY.sandbox().faults().put("signal", Fault.status(404));
        send("signal", "note 1");
        send("signal", "note 2");
        soon().untilAsserted(() -> assertThat(
                        caller().get("/api/v1/channels/signal/diverted").at("/total"))
                .isEqualTo("2"));
        soon().untilAsserted(() -> assertThat(titles("admin")).contains("note 1", "note 2"));

        GATEWAY.sandbox().faults().clear();
        assertThat(caller().post("/api/v1/channels/signal/resume").status()).isEqualTo(200);
        assertThat(caller().post("/api/v1/channels/signal/diverted/replay?dryRun=true")
                        .at("/replayed"))
                .isEqualTo("2");
        assertThat(titles("signal")).isEmpty();
        assertThat(caller().post("/api/v1/channels/signal/diverted/replay").at("/replayed"))
                .isEqualTo("2");

        soon().untilAsserted(() -> assertThat(titles("signal")).isEqualTo(numbered("note", 1, 2)));
        assertThat(caller().post("/api/v1/channels/signal/diverted/replay").at("/replayed"))
                .isEqualTo("0");
        assertThat(metric("mehari_breaker_state{channel=\"signal\"}")).isZero();
    }

    @Test
    void whatWaitsForARemovedChannel_isShown_andGoesOutWhenItIsPutBack() {
        assertThat(caller().post("/api/v1/channels/waiting/pause").status()).isEqualTo(200);
        send("waiting", "note 1");
        send("waiting", "note 2");
        String channels = GATEWAY.read("config/channels.yaml");
        GATEWAY.write("config/channels.yaml", channels.replaceFirst("(?m)^ +waiting: .*$", ""));

        soon().untilAsserted(() -> assertThat(caller().get("/api/v1/stats").at("/removed/waiting/inFlight"))
                .isEqualTo("2"));
        assertThat(metric("mehari_lane_removed_depth")).isEqualTo(2);

        GATEWAY.write("config/channels.yaml", channels);
        soon().untilAsserted(() -> assertThat(
                        caller().post("/api/v1/channels/waiting/resume").status())
                .isEqualTo(200));
        soon().untilAsserted(() -> assertThat(titles("waiting")).isEqualTo(numbered("note", 1, 2)));
        assertThat(caller().get("/api/v1/stats").json().path("removed")).isEmpty();
    }
}
