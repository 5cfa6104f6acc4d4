package dev.mehari.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.testkit.Caller.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What would become of a message, said by the engine that would do it. */
class ExplainJourneyIT extends Journey {

    @Test
    void explain_namesBranchesChannelsAndTheExactRequest_andSendsNothing() {
        double unmatched = metric("mehari_routing_unmatched_total");
        var answer = explain("""
                {"type":"system.alert","title":"Disk at 91 %","data":{"host":"db-1"}}""");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.at("/channels/0")).isEqualTo("alertes");
        assertThat(answer.at("/branches/0/outcome")).isEqualTo("refused");
        assertThat(answer.at("/branches/0/condition")).contains("trade.");
        assertThat(answer.at("/branches/1/outcome")).isEqualTo("taken");
        assertThat(answer.at("/branches/2/outcome")).isEqualTo("not asked");
        assertThat(answer.at("/destinations/0/breaker")).isEqualTo("closed");
        assertThat(answer.at("/destinations/0/budget/windows/0/scope")).isEqualTo("channel");
        assertThat(answer.at("/destinations/0/budget/pausedFor")).isEqualTo("PT0S");
        assertThat(answer.at("/destinations/0/request/method")).isEqualTo("POST");
        assertThat(answer.at("/destinations/0/request/body/embeds/0/title")).contains("Disk at 91 %");
        assertThat(answer.text()).doesNotContain("/webhooks/");
        assertThat(explain("{\"type\":\"nobody.knows\"}").at("/channels/0")).isEqualTo("admin");
        assertThat(metric("mehari_routing_unmatched_total")).isEqualTo(unmatched);
        assertThat(inbox().messages("alertes")).isEmpty();
        assertThat(inbox().messages("admin")).isEmpty();
    }

    @Test
    void explain_takesTheDoorThatIsNamed() {
        var body = "{\"type\":\"system.alert\"}".getBytes(StandardCharsets.UTF_8);
        var redis = caller().post("/api/v1/explain?source=redis", "application/json", body);

        assertThat(redis.at("/notification/source")).isEqualTo("redis");
        assertThat(caller().post("/api/v1/explain?source=a%20b", "application/json", body)
                        .status())
                .isEqualTo(422);
    }

    @Test
    void explain_refusesWhatTheDoorWouldRefuse() {
        assertThat(explain("{\"type\":\"Not A Type\"}").status()).isEqualTo(422);
        assertThat(explain("nothing").status()).isEqualTo(400);
        assertThat(explain("{\"type\":\"a.b\",\"channel\":\"nowhere\"}").status())
                .isEqualTo(422);
    }

    @Test
    void channels_nameTheTypesThatGoThere_alsoAfterAnEdit() {
        String routing = GATEWAY.read("routes/routing.yaml");
        assertThat(types("signal")).containsExactly("signal.analysis");
        try {
            GATEWAY.write("routes/routing.yaml", routing.replace("startsWith 'signal.'", "startsWith 'nothing.'"));
            soon().untilAsserted(() -> assertThat(types("admin")).contains("signal.analysis"));
            assertThat(types("signal")).isEmpty();
        } finally {
            GATEWAY.write("routes/routing.yaml", routing);
        }
        soon().untilAsserted(() -> assertThat(types("signal")).containsExactly("signal.analysis"));
    }

    private static List<String> types(String channel) {
        List<String> types = new ArrayList<>();
        caller().get("/api/v1/channels/" + channel).json().path("types").forEach(type -> types.add(type.asText()));
        return types;
    }

    private static Answer explain(String json) {
        return caller().post("/api/v1/explain", "application/json", json.getBytes(StandardCharsets.UTF_8));
    }
}
