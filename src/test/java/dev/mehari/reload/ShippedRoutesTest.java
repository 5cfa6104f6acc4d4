package dev.mehari.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.problem.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of the shipped files without the gateway around them; the journeys start them for good. */
class ShippedRoutesTest {

    static List<Path> routes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void shippedRoute_hasTheFormAndTheNameThatOperatorsAreAskedFor(Path path) throws IOException {
        String text = Files.readString(path);
        RouteFile file =
                new RouteFile(path.toString(), text, ((YamlFile.Parsed) YamlFile.parse(path.toString(), text)).root());

        assertThat(ShippedRoutes.contain(file)).isTrue();
        assertThat(RouteForm.check(file)).isEmpty();
        assertThat(new RouteSchema().check(file)).isEmpty();
        assertThat(RouteNetwork.warnings(file)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void shippedRoute_isNoneAnyMoreOnceItWasEdited(Path path) throws IOException {
        String text = Files.readString(path) + "# mine";
        RouteFile file =
                new RouteFile(path.toString(), text, ((YamlFile.Parsed) YamlFile.parse(path.toString(), text)).root());

        assertThat(ShippedRoutes.contain(file)).isFalse();
    }
}
