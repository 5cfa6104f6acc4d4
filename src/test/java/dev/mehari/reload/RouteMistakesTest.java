package dev.mehari.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fixture is named after its mistake; its first line says where it is found and how the sentence begins. */
class RouteMistakesTest {

    private static final Path FIXTURES = Path.of("src/test/resources/routes");
    private static RouteBench bench;

    @BeforeAll
    static void start() throws Exception {
        bench = new RouteBench();
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    static Stream<Path> mistakes() throws IOException {
        return Files.list(FIXTURES).sorted();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void mistake_isSaidInOneSentenceAtItsLine(Path fixture) throws IOException {
        String text = Files.readString(fixture);
        String expected = text.lines().findFirst().orElseThrow().substring(2);

        Change change = bench.files().prepare(Snapshot.of(Map.of("routes/" + fixture.getFileName(), text)));

        assertThat(change).isInstanceOf(Change.Refused.class);
        List<Problem> problems = ((Change.Refused) change).problems();
        assertThat(problems).hasSize(1);
        Problem problem = problems.getFirst();
        assertThat(problem.line() + ":" + problem.column() + " " + problem.message())
                .startsWith(expected)
                .doesNotContain("SECRET");
    }
}
