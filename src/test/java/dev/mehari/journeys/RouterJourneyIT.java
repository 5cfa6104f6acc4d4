package dev.mehari.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.mehari.testkit.Caller.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which message goes where: nine kinds to five channels as shipped, and what the router's own mistakes do. */
class RouterJourneyIT extends Journey {
    private static final Map<String, String> KINDS = new TreeMap<>(Map.of(
            "trade.opened", "trades",
            "trade.closed", "trades",
            "trade.post-mortem", "trades",
            "system.alert", "alertes",
            "system.critical", "alertes",
            "performance.report", "performance",
            "performance.milestone", "performance",
            "signal.analysis", "signal",
            "admin.message", "admin"));
    private static final String SHIPPED = GATEWAY.read("routes/routing.yaml");

    @AfterEach
    void restore() {
        edit(SHIPPED);
    }

    @Test
    void nineKinds_goToFiveChannels_andNoneToAWrongOne() throws IOException {
        JsonNode types = new ObjectMapper(new YAMLFactory())
                .readTree(GATEWAY.read("config/types.yaml"))
                .path("types");
        Map<String, String> all = new TreeMap<>(KINDS);
        all.put("system.status", "admin");

        all.forEach((type, channel) -> {
            JsonNode sample = types.path(type).path("sample");
            assertThat(sample.isMissingNode()).as(type + " has sample data").isFalse();
            String note = sample.deepCopy() instanceof com.fasterxml.jackson.databind.node.ObjectNode object
                    ? object.put("type", type).put("text", "kind " + type).toString()
                    : "";
            Answer answer = caller().notify(note);
            assertThat(answer.status()).as(answer.text()).isEqualTo(202);
            assertThat(answer.json().path("channels")).as(type).hasSize(1);
            assertThat(answer.at("/channels/0")).as(type).isEqualTo(channel);
        });

        for (String channel : List.of("trades", "alertes", "performance", "signal", "admin")) {
            soon().untilAsserted(() -> assertThat(kindsIn(channel))
                    .isEqualTo(all.entrySet().stream()
                            .filter(kind -> kind.getValue().equals(channel))
                            .map(Map.Entry::getKey)
                            .sorted()
                            .toList()));
        }
        assertThat(GATEWAY.sandbox().violations().all()).isEmpty();
    }

    @Test
    void whatNothingMatches_goesToTheDefaultChannel_andIsCounted() {
        double before = metric("mehari_routing_unmatched_total");

        Answer answer = caller().notify("{\"type\":\"nobody.knows\",\"title\":\"Lost\"}");

        assertThat(answer.json().path("channels").toString()).isEqualTo("[\"admin\"]");
        soon().untilAsserted(() -> assertThat(titles("admin")).containsExactly("Lost"));
        assertThat(metric("mehari_routing_unmatched_total")).isEqualTo(before + 1);
    }

    @Test
    void severalTo_fanOut_onceEach() {
        edit(routing("""
                              - simple: "${variable.type} == 'journey.fan'"
                                steps:
                                  - to: channel:trades
                                  - to: channel:signal
                                  - to: channel:trades
                """));

        Answer answer = caller().notify("{\"type\":\"journey.fan\",\"title\":\"Both\"}");

        assertThat(answer.json().path("channels").toString()).isEqualTo("[\"trades\",\"signal\"]");
        soon().untilAsserted(() -> assertThat(titles("trades")).containsExactly("Both"));
        soon().untilAsserted(() -> assertThat(titles("signal")).containsExactly("Both"));
    }

    @Test
    void theContentMayDecide() {
        edit(routing("""
                              - simple: "${variable.data[symbol]} == 'BTC-USD' && ${variable.priority} == 'high'"
                                steps:
                                  - to: channel:signal
                """));

        assertThat(caller().notify("{\"type\":\"a.b\",\"priority\":\"high\",\"data\":{\"symbol\":\"BTC-USD\"}}")
                        .at("/channels/0"))
                .isEqualTo("signal");
        assertThat(caller().notify("{\"type\":\"a.b\",\"priority\":\"high\",\"data\":{\"symbol\":\"ETH\"}}")
                        .at("/channels/0"))
                .isEqualTo("admin");
        assertThat(caller().notify("{\"type\":\"a.b\",\"priority\":\"high\"}").at("/channels/0"))
                .isEqualTo("admin");
    }

    @Test
    void aConditionThatFailsOnSomeMessage_losesNothing() {
        edit(routing("""
                              - simple: "${variable.data.get('price').length()} > 3"
                                steps:
                                  - to: channel:signal
                """));
        double before = metric("mehari_routing_failed_total");

        Answer answer = caller().notify("{\"type\":\"a.b\",\"title\":\"Kept\",\"data\":{\"price\":7}}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().path("channels").toString()).isEqualTo("[\"admin\"]");
        soon().untilAsserted(() -> assertThat(titles("admin")).containsExactly("Kept"));
        assertThat(metric("mehari_routing_failed_total")).isEqualTo(before + 1);
    }

    @Test
    void aBatch_isRoutedLineByLine() {
        Answer answer = caller().post("/api/v1/notifications/batch", "application/x-ndjson", """
                {"type":"trade.opened","title":"t"}
                {"type":"system.alert","title":"a"}
                {"type":"nobody.knows","title":"n"}
                """.getBytes());

        assertThat(answer.at("/results/0/channels/0")).isEqualTo("trades");
        assertThat(answer.at("/results/1/channels/0")).isEqualTo("alertes");
        assertThat(answer.at("/results/2/channels/0")).isEqualTo("admin");
        soon().untilAsserted(() -> assertThat(titles("admin")).containsExactly("n"));
    }

    /** The shipped router with one more branch before the others. */
    private static String routing(String branch) {
        return SHIPPED.replace("            when:\n", "            when:\n" + branch.indent(0));
    }

    private static void edit(String text) {
        GATEWAY.write("routes/routing.yaml", text);
        GATEWAY.bean(dev.mehari.reload.Reloader.class).reloadNow();
        assertThat(GATEWAY.bean(dev.mehari.reload.Reloader.class).problems()).isEmpty();
    }

    private static List<String> kindsIn(String channel) {
        return inbox().messages(channel).stream()
                .flatMap(message -> java.util.stream.Stream.of(
                                message.request().body().split("kind "))
                        .skip(1))
                .map(rest -> rest.replaceAll("(?s)[^a-z.\\-\\\\].*", "").replace("\\", ""))
                .sorted()
                .toList();
    }
}
