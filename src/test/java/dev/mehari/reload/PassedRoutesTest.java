package dev.mehari.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.problem.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassedRoutesTest {
    @TempDir
    Path folder;

    @Test
    void textThatHasPassed_isKnownAfterARestart() {
        passed("1").add(route("- route: {}"));

        assertThat(passed("1").contain(route("- route: {}"))).isTrue();
        assertThat(passed("1").contain(route("- route: { id: x }"))).isFalse();
    }

    @Test
    void otherVersion_beginsAnew() {
        passed("1").add(route("- route: {}"));

        assertThat(passed("2").contain(route("- route: {}"))).isFalse();
    }

    @Test
    void oldestTexts_areForgotten() throws IOException {
        var passed = passed("1");
        for (int i = 0; i < 201; i++) {
            passed.add(route("- route: { id: r%d }".formatted(i)));
        }

        assertThat(Files.readAllLines(folder.resolve("data/passed"))).hasSize(200);
        assertThat(passed("1").contain(route("- route: { id: r0 }"))).isFalse();
        assertThat(passed("1").contain(route("- route: { id: r200 }"))).isTrue();
    }

    @Test
    void unwritableFolder_onlyMeansAnotherCheck() throws IOException {
        Files.writeString(folder.resolve("data"), "no folder");

        passed("1").add(route("- route: {}"));

        assertThat(passed("1").contain(route("- route: {}"))).isFalse();
    }

    private PassedRoutes passed(String version) {
        return new PassedRoutes(folder.resolve("data/passed"), version);
    }

    private static RouteFile route(String text) {
        var parsed = (YamlFile.Parsed) YamlFile.parse("routes/a.yaml", text);
        return new RouteFile("routes/a.yaml", text, parsed.root());
    }
}
