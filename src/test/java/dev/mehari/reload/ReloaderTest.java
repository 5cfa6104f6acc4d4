package dev.mehari.reload;

import static dev.mehari.reload.RouteBench.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mehari.problem.Problem;
import dev.mehari.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks are made by hand: what a look does not see, no later moment brings. */
class ReloaderTest {

    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));

    @TempDir
    Path home;

    private RouteBench bench;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Words words = new Words();

    @BeforeEach
    void start() throws Exception {
        bench = new RouteBench();
        Files.createDirectories(home.resolve("config"));
        write("config/words.yaml", "good");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void edit_isTakenAfterItWasTheSameOverTwoLooks() throws IOException {
        write("routes/greet.yaml", answering("greet", "hello"));
        Reloader reloader = loaded();
        write("routes/greet.yaml", answering("greet", "good day"));

        reloader.look();
        assertThat(bench.ask("direct:greet")).isEqualTo("hello");
        reloader.look();

        assertThat(bench.ask("direct:greet")).isEqualTo("good day");
        assertThat(reloader.states()).allMatch(FileState::ok);
    }

    @Test
    void halfWrittenFile_isLookedAtOnceMoreBeforeItIsRefused() throws IOException {
        Reloader reloader = loaded();
        String whole = answering("greet", "hello");
        write("routes/greet.yaml", whole.substring(0, 40));
        look(reloader, 2);
        assertThat(refusals("routes")).isZero();

        write("routes/greet.yaml", whole);
        look(reloader, 2);

        assertThat(refusals("routes")).isZero();
        assertThat(bench.ask("direct:greet")).isEqualTo("hello");
    }

    @Test
    void brokenEdit_leavesTheLastGoodOneAndSaysWhy() throws IOException {
        write("routes/greet.yaml", answering("greet", "hello"));
        Reloader reloader = loaded();

        write("routes/greet.yaml", answering("greet", "hi").replace("setBody", "setBdoy"));
        look(reloader, 5);

        assertThat(bench.ask("direct:greet")).isEqualTo("hello");
        FileState state = state(reloader, "routes/greet.yaml");
        assertThat(state.ok()).isFalse();
        assertThat(state.loadedAt()).isNotNull();
        assertThat(state.problems())
                .singleElement()
                .hasToString("routes/greet.yaml:6:11: Unknown step 'setBdoy'. Did you mean 'setBody'?");
        assertThat(refusals("routes")).isEqualTo(1);
        assertThat(success("routes")).isZero();
    }

    @Test
    void healedFile_isTakenAgain() throws IOException {
        write("routes/greet.yaml", answering("greet", "hello"));
        Reloader reloader = loaded();
        write("routes/greet.yaml", "- nonsense");
        look(reloader, 3);

        write("routes/greet.yaml", answering("greet", "hello"));
        look(reloader, 2);

        assertThat(state(reloader, "routes/greet.yaml").ok()).isTrue();
        assertThat(success("routes")).isEqualTo(1);
    }

    @Test
    void brokenFile_doesNotHoldUpAnother() throws IOException {
        Reloader reloader = loaded();
        write("routes/bad.yaml", "- nonsense");
        write("routes/greet.yaml", answering("greet", "hello"));

        look(reloader, 3);

        assertThat(bench.ask("direct:greet")).isEqualTo("hello");
        assertThat(state(reloader, "routes/bad.yaml").ok()).isFalse();
    }

    @Test
    void filesThatNeedEachOther_areTakenTogetherBesideABrokenOne() throws IOException {
        Reloader reloader = loaded();
        write("routes/a.yaml", answering("a", "a") + "        - to: direct:b\n");
        write("routes/b.yaml", answering("b", "b"));
        write("routes/bad.yaml", "- nonsense");

        look(reloader, 3);

        assertThat(bench.ask("direct:a")).isEqualTo("b");
    }

    @Test
    void deletedFile_stopsItsRoutes() throws IOException {
        write("routes/greet.yaml", answering("greet", "hello"));
        Reloader reloader = loaded();

        Files.delete(home.resolve("routes/greet.yaml"));
        look(reloader, 2);

        assertThat(bench.context.getRoute("greet")).isNull();
        assertThat(reloader.states()).extracting(FileState::path).containsExactly("config/words.yaml");
    }

    @Test
    void folderThatGoesAwayAsAWhole_stopsNothing() throws IOException {
        write("routes/greet.yaml", answering("greet", "hello"));
        Reloader reloader = loaded();

        Files.move(home.resolve("routes"), home.resolve("unmounted"));
        look(reloader, 4);

        assertThat(bench.ask("direct:greet")).isEqualTo("hello");
    }

    @Test
    void editorsDroppings_areNotRead() throws IOException {
        Reloader reloader = loaded();
        for (String name : List.of(".greet.yaml.swp", "greet.yaml~", ".#greet.yaml", "4913", ".hidden/greet.yaml")) {
            write("routes/" + name, "- nonsense");
        }
        look(reloader, 4);

        assertThat(reloader.problems()).isEmpty();
    }

    @Test
    void fileThatIsNoText_isRefusedAndItsTextGoesOn() throws IOException {
        write("routes/greet.yaml", answering("greet", "hello"));
        Reloader reloader = loaded();

        Files.write(home.resolve("routes/greet.yaml"), new byte[] {'#', (byte) 0xff, (byte) 0xfe});
        look(reloader, 4);

        assertThat(bench.ask("direct:greet")).isEqualTo("hello");
        assertThat(reloader.problems())
                .containsExactly(Problem.of("routes/greet.yaml", "The file is not UTF-8 text: save it as UTF-8."));
    }

    @Test
    void routeAndItsChannelSavedTogether_areBothTaken() throws IOException {
        Reloader reloader = loaded();
        words.after = () -> bench.channels = java.util.Set.of("fresh");
        write("routes/greet.yaml", answering("greet", "hello") + "        - to: channel:fresh\n");
        write("config/words.yaml", "good with a channel");

        look(reloader, 2);

        assertThat(reloader.states()).hasSize(2).allMatch(FileState::ok);
    }

    @Test
    void routeRefusedForItsChannel_isTakenWhenTheChannelComes() throws IOException {
        Reloader reloader = loaded();
        write("routes/greet.yaml", answering("greet", "hello") + "        - to: channel:fresh\n");
        look(reloader, 3);
        assertThat(reloader.problems()).isNotEmpty();

        words.after = () -> bench.channels = java.util.Set.of("fresh");
        write("config/words.yaml", "good with a channel");
        look(reloader, 2);

        assertThat(reloader.states()).hasSize(2).allMatch(FileState::ok);
    }

    @Test
    void restartBesideABrokenRoute_usesItsLastGoodText() throws Exception {
        write("routes/greet.yaml", answering("greet", "hello"));
        loaded();
        write("routes/greet.yaml", "- nonsense");
        bench.close();
        bench = new RouteBench();

        Reloader reloader = loaded();

        assertThat(bench.ask("direct:greet")).isEqualTo("hello");
        assertThat(state(reloader, "routes/greet.yaml").ok()).isFalse();
        assertThat(reloader.problems()).isNotEmpty();
    }

    @Test
    void startBesideABrokenRouteWithoutLastGood_leavesOnlyThatOut() throws IOException {
        write("routes/bad.yaml", "- nonsense");
        write("routes/greet.yaml", answering("greet", "hello"));

        Reloader reloader = loaded();

        assertThat(bench.ask("direct:greet")).isEqualTo("hello");
        assertThat(state(reloader, "routes/bad.yaml").hash()).isEmpty();
    }

    @Test
    void restartBesideBrokenConfiguration_usesItsLastGoodText() throws IOException {
        loaded();
        write("config/words.yaml", "bad");

        Reloader reloader = loaded();

        assertThat(words.inUse).isEqualTo(Map.of("config/words.yaml", "good"));
        assertThat(reloader.problems()).hasSize(1);
    }

    @Test
    void startBesideBrokenConfigurationWithoutLastGood_fails() throws IOException {
        write("config/words.yaml", "bad");

        assertThatThrownBy(this::loaded)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("config/words.yaml:1: That is a bad word.");
    }

    @Test
    void reloadNow_waitsForNothing() throws IOException {
        Reloader reloader = loaded();
        write("routes/greet.yaml", answering("greet", "hello"));
        write("routes/bad.yaml", "- nonsense");

        assertThat(reloader.reloadNow()).filteredOn(FileState::ok).hasSize(2);
        assertThat(refusals("routes")).isEqualTo(1);
    }

    @Test
    void stillFolders_areSaidToBeStillUntilTheNextEdit() throws IOException {
        write("routes/greet.yaml", answering("greet", "hello"));
        Reloader reloader = loaded();
        look(reloader, 2);
        assertThat(reloader.look()).isTrue();

        write("routes/greet.yaml", answering("greet", "good day"));
        assertThat(reloader.look()).isFalse();
        assertThat(reloader.look()).isFalse();
        assertThat(bench.ask("direct:greet")).isEqualTo("good day");

        look(reloader, 1);
        assertThat(reloader.look()).isTrue();
    }

    private Reloader loaded() {
        List<EditableFiles> kinds = List.of(bench.files(), words);
        Map<String, Path> roots = Map.of("routes", home.resolve("routes"), "config", home.resolve("config"));
        FolderWatch watch = new FolderWatch(roots, path -> kinds.stream().anyMatch(kind -> kind.covers(path)), LATER);
        Reloader reloader =
                new Reloader(kinds, watch, new LastGood(home.resolve("last-good")), new ReloadMetrics(meters), LATER);
        reloader.load();
        return reloader;
    }

    private static void look(Reloader reloader, int times) {
        for (int i = 0; i < times; i++) {
            reloader.look();
        }
    }

    private void write(String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static FileState state(Reloader reloader, String path) {
        return reloader.states().stream()
                .filter(state -> state.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private double refusals(String kind) {
        return meters.counter("mehari.reload.refused", "kind", kind).count();
    }

    private double success(String kind) {
        return meters.get("mehari.reload.success").tag("kind", kind).gauge().value();
    }

    /** A kind of configuration that knows one bad word. */
    private static final class Words implements EditableFiles {

        Map<String, String> inUse = Map.of();
        Runnable after = () -> {};

        @Override
        public String name() {
            return "words";
        }

        @Override
        public boolean covers(String path) {
            return path.equals("config/words.yaml");
        }

        @Override
        public Change prepare(Snapshot files) {
            if ("bad".equals(files.text("config/words.yaml"))) {
                return Change.refused(List.of(new Problem("config/words.yaml", 1, 0, "That is a bad word.")));
            }
            return files.texts().isEmpty()
                    ? Change.refused(List.of(Problem.of("config/words.yaml", "The file is missing.")))
                    : Change.ready(() -> {
                        inUse = Map.copyOf(files.texts());
                        after.run();
                    });
        }

        @Override
        public int order() {
            return 200;
        }
    }
}
