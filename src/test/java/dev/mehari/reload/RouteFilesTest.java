package dev.mehari.reload;

import static dev.mehari.reload.RouteBench.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.ProducerTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteFilesTest {

    private RouteBench bench;

    @BeforeEach
    void start() throws Exception {
        bench = new RouteBench();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void edit_answersInTheNewWay() throws Exception {
        bench.take(Map.of("routes/greet.yaml", answering("greet", "hello")));
        assertThat(bench.ask("direct:greet")).isEqualTo("hello");

        bench.take(Map.of("routes/greet.yaml", answering("greet", "good day")));

        assertThat(bench.ask("direct:greet")).isEqualTo("good day");
    }

    @Test
    void edit_touchesNoRouteOfAnotherFile() throws Exception {
        String other = answering("other", "same");
        bench.take(Map.of("routes/greet.yaml", answering("greet", "hello"), "routes/other.yaml", other));
        Object before = bench.context.getRoute("other");

        bench.take(Map.of("routes/greet.yaml", answering("greet", "good day"), "routes/other.yaml", other));

        assertThat(bench.context.getRoute("other")).isSameAs(before);
    }

    @Test
    void goodEdits_failNoCaller() throws Exception {
        bench.take(files(0));
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong answered = new AtomicLong();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> hammering = new ArrayList<>();
            for (int caller = 0; caller < 32; caller++) {
                hammering.add(callers.submit(() -> hammer(over, answered)));
            }
            for (int edit = 1; edit <= 40; edit++) {
                long before = answered.get();
                assertThat(bench.take(files(edit))).isInstanceOf(Change.Ready.class);
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> answered.get() > before + 100
                                || hammering.stream().anyMatch(Future::isDone));
            }
            over.set(true);
            for (Future<?> caller : hammering) {
                caller.get(40, TimeUnit.SECONDS);
            }
        }
        assertThat(answered.get()).isGreaterThan(4_000);
    }

    /** Two files that call each other's route, both changed by each edit. */
    private static Map<String, String> files(int edit) {
        String front = """
                - route:
                    id: front
                    from:
                      uri: direct:front
                      steps:
                        - to: direct:back
                        - transform:
                            simple: "${body} %d"
                """;
        return Map.of(
                "routes/front.yaml", front.formatted(edit), "routes/back.yaml", answering("back", "edit " + edit));
    }

    private void hammer(AtomicBoolean over, AtomicLong answered) {
        ProducerTemplate producer = bench.context.createProducerTemplate();
        while (!over.get()) {
            Object answer = producer.requestBody("direct:front", "asked");
            assertThat(String.valueOf(answer)).startsWith("edit ");
            answered.incrementAndGet();
        }
    }

    @Test
    void brokenEdit_changesNothing() throws Exception {
        bench.take(Map.of("routes/greet.yaml", answering("greet", "hello")));
        Object before = bench.context.getRoute("greet");

        Change change =
                bench.take(Map.of("routes/greet.yaml", answering("greet", "hi").replace("setBody", "setBdoy")));

        assertThat(change).isInstanceOf(Change.Refused.class);
        assertThat(bench.context.getRoute("greet")).isSameAs(before);
        assertThat(bench.ask("direct:greet")).isEqualTo("hello");
    }

    @Test
    void deletedFile_stopsItsRoutes() throws Exception {
        bench.take(Map.of("routes/greet.yaml", answering("greet", "hello"), "routes/b.yaml", answering("b", "b")));

        bench.take(Map.of("routes/b.yaml", answering("b", "b")));

        assertThat(bench.context.getRoute("greet")).isNull();
        assertThat(bench.context.getRouteDefinition("greet")).isNull();
        assertThat(bench.ask("direct:b")).isEqualTo("b");
    }

    @Test
    void deletingWhatOthersCall_isRefused() throws Exception {
        bench.take(files(1));

        Change change = bench.take(Map.of("routes/front.yaml", files(1).get("routes/front.yaml")));

        assertThat(change).isInstanceOf(Change.Refused.class);
        assertThat(bench.ask("direct:front")).isEqualTo("edit 1 1");
    }

    @Test
    void renamedId_doesNotClash() throws Exception {
        bench.take(Map.of("routes/greet.yaml", answering("greet", "hello")));

        bench.take(Map.of("routes/greet.yaml", answering("greet", "renamed").replace("id: greet", "id: welcome")));

        assertThat(bench.ask("direct:greet")).isEqualTo("renamed");
        assertThat(bench.context.getRoute("greet")).isNull();
    }

    @Test
    void renamedFile_takesItsRouteAlong() throws Exception {
        bench.take(Map.of("routes/greet.yaml", answering("greet", "hello")));

        bench.take(Map.of("routes/sources/greet.yaml", answering("greet", "moved")));

        assertThat(bench.ask("direct:greet")).isEqualTo("moved");
    }

    @Test
    void channelThatComesLater_makesTheRouteRight() throws Exception {
        Map<String, String> files =
                Map.of("routes/greet.yaml", answering("greet", "hello") + "        - to: channel:late\n");
        assertThat(bench.take(files)).isInstanceOf(Change.Refused.class);

        bench.channels = Set.of("late");

        assertThat(bench.take(files)).isInstanceOf(Change.Ready.class);
    }

    @Test
    void channelThatGoes_holdsUpNoOtherEdit() throws Exception {
        String route = answering("greet", "hello") + "        - to: channel:trades\n";
        bench.take(Map.of("routes/greet.yaml", route));
        assertThat(bench.files().channelsNamed()).containsExactly(Map.entry("trades", "routes/greet.yaml line 8"));
        bench.channels = Set.of("admin");

        Change change =
                bench.take(Map.of("routes/greet.yaml", route, "routes/other.yaml", answering("other", "taken")));

        assertThat(((Change.Ready) change).warnings())
                .singleElement()
                .hasToString("routes/greet.yaml:8:15: There is no channel 'trades' in config/channels.yaml."
                        + " Known are: admin.");
        assertThat(bench.ask("direct:other")).isEqualTo("taken");
    }

    @Test
    void templateEdit_remakesItsInstances() throws Exception {
        bench.take(Map.of("routes/delivery.yaml", template("first")));
        assertThat(bench.ask("direct:deliver-trades")).isEqualTo("first trades");

        bench.take(Map.of("routes/delivery.yaml", template("second")));

        assertThat(bench.ask("direct:deliver-trades")).isEqualTo("second trades");
    }

    @Test
    void failureAtTheLastMoment_putsTheFormerTextBack() throws Exception {
        bench.take(Map.of("routes/delivery.yaml", template("first"), "routes/greet.yaml", answering("greet", "hello")));
        bench.instances.failing = true;
        Map<String, String> edit =
                Map.of("routes/delivery.yaml", template("second"), "routes/greet.yaml", answering("greet", "good day"));

        assertThatThrownBy(() -> bench.take(edit)).hasMessage("no instance today");

        assertThat(bench.ask("direct:greet")).isEqualTo("hello");
        assertThat(bench.ask("direct:deliver-trades")).isEqualTo("first trades");
    }

    @Test
    void templateThatJavaUses_mayNotGo() throws Exception {
        bench.take(Map.of("routes/delivery.yaml", template("first")));

        assertThat(bench.take(Map.of())).isInstanceOf(Change.Refused.class);
    }

    @Test
    void fileNotNamedAfterItsRoute_isTakenWithAWarning() throws Exception {
        Change change = bench.take(Map.of("routes/other.yaml", answering("greet", "hello")));

        assertThat(((Change.Ready) change).warnings())
                .singleElement()
                .hasToString("routes/other.yaml:2:9: No route in the file has its name: call the route 'other', "
                        + "or rename the file.");
    }

    private static String template(String answer) {
        return """
                - routeTemplate:
                    id: delivery
                    parameters:
                      - name: channel
                    from:
                      uri: direct:deliver-{{channel}}
                      steps:
                        - setBody:
                            constant: %s {{channel}}
                """.formatted(answer);
    }
}
