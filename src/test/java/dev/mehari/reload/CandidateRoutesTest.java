package dev.mehari.reload;

import static dev.mehari.reload.RouteBench.answering;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Route files beside those in use: judged as an edit is, and run where nothing leaves. */
class CandidateRoutesTest {
    private static final RouteVocabulary NAMES = new RouteVocabulary() {
        @Override
        public Set<String> variables() {
            return Set.of("type");
        }

        @Override
        public Set<String> channels() {
            return Set.of("trades", "candidate");
        }
    };

    private RouteBench bench;
    private CandidateRoutes candidates;

    @BeforeEach
    void start() throws Exception {
        bench = new RouteBench();
        candidates = new CandidateRoutes(bench.context, bench.files());
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void candidate_answersItsOwnWay_andThoseInUseGoOn() throws Exception {
        bench.take(Map.of("routes/greet.yaml", answering("greet", "hello")));

        try (var dry = start(Map.of("routes/greet.yaml", answering("greet", "good day")))) {
            assertThat(ask(dry)).isEqualTo("good day");
            assertThat(bench.ask("direct:greet")).isEqualTo("hello");
        }
        assertThat(bench.ask("direct:greet")).isEqualTo("hello");
        assertThat(candidates.inUse().text("routes/greet.yaml")).contains("hello");
    }

    @Test
    void mistakes_areNamedWithTheirPlace_asForAnEdit() throws Exception {
        bench.take(Map.of("routes/greet.yaml", answering("greet", "hello")));

        assertThat(problems(answering("greet", "hi").replace("setBody", "setBodi")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(6);
                    assertThat(problem.message()).contains("Did you mean 'setBody'?");
                });
        assertThat(problems(sending("channel:nobody")))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains("no channel 'nobody'");
        assertThat(problems(sending("direct:nobody")))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains("Nobody answers 'direct:nobody'");
        assertThat(problems(sending("channel:candidate"))).isEmpty();
    }

    @Test
    void nothingLeaves_andWhatWouldHaveIsNamed() throws Exception {
        var running = bench.context.getEndpoint("mock:out", MockEndpoint.class);
        running.expectedMessageCount(0);
        var text = sending("mock:out") + """
                        - to:
                            uri: http://127.0.0.1:9/never
                            parameters:
                              connectTimeout: 1
                        - log: "${body}"
                        - setBody:
                            constant: through
                """;

        try (var dry = start(Map.of("routes/greet.yaml", text))) {
            assertThat(dry.notCalled()).isEmpty();
            assertThat(ask(dry)).isEqualTo("through");
            assertThat(dry.notCalled()).containsExactly("http", "mock");
        }
        running.assertIsSatisfied();
    }

    @Test
    void routesThatWaitForTheWorld_doNotStart() throws Exception {
        var clock = """
                - route:
                    id: clock
                    from:
                      uri: timer:every
                      steps:
                        - to: direct:greet
                """;

        try (var dry = start(Map.of("routes/greet.yaml", answering("greet", "hello"), "routes/clock.yaml", clock))) {
            assertThat(dry.camel().getRoute("greet")).isNotNull();
            assertThat(dry.camel().getRoute("clock")).isNull();
        }
    }

    private List<Problem> problems(String text) {
        return candidates.check(Snapshot.of(Map.of("routes/greet.yaml", text)), NAMES);
    }

    private static String sending(String uri) {
        return """
                - route:
                    id: greet
                    from:
                      uri: direct:greet
                      steps:
                        - to: %s
                """.formatted(uri);
    }

    private CandidateRoutes.DryRun start(Map<String, String> texts) {
        RouteBuilder none = new RouteBuilder() {
            @Override
            public void configure() {}
        };
        return candidates.start(Snapshot.of(texts), none, Map.of("channel", new MockComponent()));
    }

    private static Object ask(CandidateRoutes.DryRun dry) {
        return dry.camel().createProducerTemplate().requestBody("direct:greet", "asked");
    }
}
