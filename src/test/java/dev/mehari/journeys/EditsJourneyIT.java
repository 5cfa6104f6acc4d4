package dev.mehari.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.reload.Reloader;
import dev.mehari.testkit.Caller.Answer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files are saved while traffic flows: good ones take effect, bad ones change nothing, and no request fails. */
@Isolated("it measures how soon an edit is in force")
class EditsJourneyIT extends Journey {
    private static final Map<String, String> SHIPPED = new TreeMap<>();

    static {
        for (String file : new String[] {
            "routes/routing.yaml",
            "routes/delivery.yaml",
            "config/channels.yaml",
            "config/types.yaml",
            "config/templates/system.alert.yaml"
        }) {
            SHIPPED.put(file, GATEWAY.read(file));
        }
    }

    @AfterEach
    void restore() {
        SHIPPED.forEach(GATEWAY::write);
        GATEWAY.bean(Reloader.class).reloadNow();
        assertThat(GATEWAY.bean(Reloader.class).problems()).isEmpty();
    }

    @Test
    void goodEdits_takeEffectWithinTwoSeconds_andFailNoRequest() throws InterruptedException {
        try (SteadyTraffic traffic = new SteadyTraffic(caller())) {
            edit(
                    "routes/routing.yaml",
                    "startsWith 'signal.'",
                    "startsWith 'signal.' || ${variable.type} == 'journey.edit'");
            took("routing.yaml", () -> assertThat(routed("journey.edit")).isEqualTo("signal"));

            edit(
                    "routes/delivery.yaml",
                    "    description: Takes a channel's deliveries",
                    "    description: Edited. Takes a channel's deliveries");
            edit("routes/delivery.yaml", "              id: throttle\n", "              id: throttle-edited\n");
            took(
                    "delivery.yaml",
                    () -> assertThat(GATEWAY.bean(CamelContext.class).getProcessor("alone-throttle-edited"))
                            .isNotNull());

            GATEWAY.write(
                    "config/channels.yaml", GATEWAY.read("config/channels.yaml") + "  added: { provider: discord }\n");
            took(
                    "channels.yaml",
                    () -> assertThat(GATEWAY.bean(CamelContext.class).getRoute("deliver-added"))
                            .isNotNull());
            send("added", "In a new lane");
            soon().untilAsserted(() -> assertThat(titles("added")).containsExactly("In a new lane"));

            GATEWAY.write("config/templates/system.alert.yaml", "title: \"Edited ${title}\"\n");
            took("a template", () -> {
                caller().notify("{\"type\":\"system.alert\",\"title\":\"disk\",\"channel\":\"alone\"}");
                assertThat(titles("alone")).contains("Edited disk");
            });
            traffic.awaitMore(200);

            traffic.stop();
            System.out.println("under edits: " + traffic);
            assertThat(traffic.failures()).isEmpty();
            // How fast is a benchmark's question; here it counts that the edits met requests.
            assertThat(traffic.requests()).isGreaterThan(400);
            soon().untilAsserted(() -> assertThat(titles("patient")).isEqualTo(numbered("steady", 1, traffic.sent())));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            routes/routing.yaml                | - to: channel:trades      | - to: chanel:trades     | chanel
            routes/routing.yaml                | - to: channel:trades      | - to: channel:trade     | trade
            routes/routing.yaml                | - choice:                 | - chioce:               | chioce
            routes/delivery.yaml               | method: decide            | method: decides         | decides
            routes/delivery.yaml               | ref: composeRequest       | ref: composeRequests    | composeRequests
            routes/delivery.yaml               | mode: TotalRequests       | mode: Sometimes         | Sometimes
            config/channels.yaml               | trades: { provider: discord, fallback: admin } | trades: { provider: discord, fallback: trades } | circle
            config/channels.yaml               | period: 1s                | period: soon            | soon
            config/channels.yaml               | alone: { provider: discord | alone: { provider: disccord | discord
            config/types.yaml                  | color: blue               | colour: blue            | colour
            config/templates/system.alert.yaml | title:                    | titel:                  | titel
            """)
    void aBadEdit_changesNothing_andIsReportedWithFileAndLine(String file, String good, String bad, String word) {
        String text = SHIPPED.get(file);
        assertThat(text).contains(good);
        int line = (int) text.substring(0, text.indexOf(good)).lines().count();

        GATEWAY.write(file, text.replaceFirst(java.util.regex.Pattern.quote(good), bad));

        soon().untilAsserted(
                        () -> assertThat(state(file).path("ok").asBoolean()).isFalse());
        JsonNode problem = state(file).at("/problems/0");
        assertThat(problem.path("file").asText()).isEqualTo(file);
        assertThat(problem.path("line").asInt()).isBetween(line - 1, line + 1);
        assertThat(problem.path("message").asText()).contains(word);
        assertThat(routed("trade.opened")).isEqualTo("trades");
        send("alone", "goes on");
        soon().untilAsserted(() -> assertThat(titles("alone")).contains("goes on"));

        GATEWAY.write(file, text);
        soon().untilAsserted(
                        () -> assertThat(state(file).path("ok").asBoolean()).isTrue());
    }

    @Test
    void aDeletedRouteFile_stopsItsRoutes() throws Exception {
        GATEWAY.write("routes/extra.yaml", """
                - route:
                    id: extra
                    description: Sends to the signal channel
                    from:
                      uri: direct:extra
                      steps:
                        - to: channel:signal
                """);
        CamelContext camel = GATEWAY.bean(CamelContext.class);
        soon().untilAsserted(() -> assertThat(camel.getRoute("extra")).isNotNull());
        Files.delete(GATEWAY.file("routes/extra.yaml"));
        soon().untilAsserted(() -> assertThat(camel.getRoute("extra")).isNull());
    }

    @Test
    void withoutARouter_everythingGoesToTheDefaultChannelAtOnce() throws Exception {
        Files.delete(GATEWAY.file("routes/routing.yaml"));
        soon().untilAsserted(() -> assertThat(routed("trade.opened")).isEqualTo("admin"));

        long start = System.nanoTime();
        assertThat(routed("trade.opened")).isEqualTo("admin");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aChannelThatIsNeeded_mayNotGo_andOneThatIsNotTakesItsLaneAlong() {
        GATEWAY.write(
                "config/channels.yaml", SHIPPED.get("config/channels.yaml").replaceFirst("  trades: .*\n", ""));
        soon().untilAsserted(() ->
                assertThat(state("config/channels.yaml").path("ok").asBoolean()).isFalse());
        assertThat(state("config/channels.yaml").toString()).contains("trades");
        assertThat(routed("trade.opened")).isEqualTo("trades");

        GATEWAY.write(
                "config/channels.yaml", SHIPPED.get("config/channels.yaml").replaceFirst("  alone: .*\n", ""));
        soon().untilAsserted(() -> assertThat(GATEWAY.bean(CamelContext.class).getRoute("deliver-alone"))
                .isNull());
        assertThat(caller().notify("{\"type\":\"a.b\",\"channel\":\"alone\"}").status())
                .isEqualTo(422);
    }

    private static void edit(String file, String old, String fresh) {
        String text = GATEWAY.read(file);
        assertThat(text).contains(old);
        GATEWAY.write(file, text.replace(old, fresh));
    }

    private static void took(String file, ThrowingRunnable effect) {
        long start = System.nanoTime();
        soon().untilAsserted(effect);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        System.out.println(file + " in force after " + millis + " ms");
        assertThat(Duration.ofMillis(millis)).as(file).isLessThan(Duration.ofSeconds(4));
    }

    private static String routed(String type) {
        Answer answer = caller().notify("{\"type\":\"" + type + "\",\"title\":\"edit\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.at("/channels/0");
    }

    private static JsonNode state(String path) {
        for (JsonNode file : caller().get("/api/v1/routes").json().path("files")) {
            if (file.path("path").asText().equals(path)) {
                return file;
            }
        }
        throw new AssertionError("GET /api/v1/routes does not know " + path);
    }
}
