package dev.mehari.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.cli.Keyboard.Key;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.FileSystemUtils;

/**
 * The reports of four components' logs, against files of what they should be. The logs are JSON lines, pino's, Loguru's
 * serialised form, Redis's, Chrome's and plain ones, out of order here and there.
 */
class LogsCommandTest {
    private static final Path EXPECTED = Path.of("src/test/resources/cli/logs-expected");

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void logs() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("src/test/resources/cli/logs"), folder.resolve("logs"));
        try (Stream<Path> files = Files.walk(folder.resolve("logs"))) {
            List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
            for (int at = 0; at < all.size(); at++) {
                Files.setLastModifiedTime(all.get(at), FileTime.from(Shell.NOW.plusSeconds(at)));
            }
        }
        Files.createDirectory(folder.resolve("config"));
        Files.writeString(folder.resolve("config/logs.yaml"), """
                components:
                  webhook: logs/webhook
                  trading: ${BOT_LOGS:logs/trading}
                  redis: logs/redis
                  chrome: logs/chrome
                """);
        shell = new Shell(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "unified, logs --all",
        "one-trace, logs --trace abc-123",
        "by-component, logs --by-component",
        "warnings-and-what-was-slow, logs --level warn",
        "two-components-newest-file, 'logs --components webhook,redis --last 1'",
        "other-thresholds, 'logs --components trading,webhook --slow provider=3s,4s --slow database=5ms,10ms'"
    })
    void report_isAsExpected(String name, String line) throws IOException {
        var run = shell.mehari(line.split(" "));

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo(Files.readString(EXPECTED.resolve(name + ".md")));
    }

    @Test
    void menu_asksWithCheckBoxes() {
        shell.onTerminal().with("NO_COLOR", "1").press(Key.SPACE, Key.UP, Key.SPACE, Key.UP, Key.RIGHT, Key.ENTER);

        var run = shell.mehari("logs");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("> [x] webhook")
                .contains("> [ ] webhook")
                .contains("> from level: ‹ warn ›")
                .contains("## trading")
                .doesNotContain("## webhook")
                .doesNotContain("Ready to accept connections");
    }

    @Test
    void menu_isLeftWithoutAReport() {
        assertThat(shell.onTerminal().press(Key.QUIT).mehari("logs").out())
                .contains("Which logs?")
                .doesNotContain("# Logs");
    }

    @Test
    void json_isOneObjectALine() throws IOException {
        var run = shell.mehari("logs", "--trace", "abc-123", "--json");

        assertThat(run.out().lines()).hasSize(4);
        var slow = Json.read(run.out().lines().toList().get(2));
        assertThat(slow.path("delayMs").asInt()).isEqualTo(890);
        assertThat(slow.path("speed").asText()).isEqualTo("slow");
    }

    @Test
    void report_isWrittenToAFile() throws IOException {
        assertThat(shell.mehari("logs", "--out", "report.md").exit()).isZero();

        assertThat(Files.readString(folder.resolve("report.md")))
                .isEqualTo(Files.readString(EXPECTED.resolve("unified.md")));
    }

    @Test
    void since_leavesOutWhatIsOlder() {
        assertThat(shell.mehari("logs", "--since", "2026-11-20T10:00:05Z").out())
                .doesNotContain("abc-123")
                .contains("pino line");
    }

    @Test
    void packedFiles_areReadAsTheOthers() throws IOException {
        Path bot = folder.resolve("logs/trading/bot.log");
        try (var packed = new GZIPOutputStream(Files.newOutputStream(folder.resolve("logs/trading/bot.log.1.gz")))) {
            packed.write(Files.readAllBytes(bot));
        }
        Files.delete(bot);

        assertThat(shell.mehari("logs").out()).isEqualTo(readExpected("unified"));
    }

    /** More lines than the heap of a small machine holds, in rotated files; what is asked for is found all the same. */
    @Test
    void bigLogs_areStreamedInOrder() throws IOException {
        Path big = Files.createDirectory(folder.resolve("logs/big"));
        List<String> lines = new ArrayList<>();
        for (int file = 0; file < 200; file++) {
            try (Writer out = Files.newBufferedWriter(big.resolve("part-" + (999 - file) + ".log"))) {
                for (int at = 0; at < 100; at++) {
                    int second = file * 100 + (at ^ 1);
                    out.write("%s INFO line %d\n".formatted(Shell.NOW.plusSeconds(second), second));
                }
            }
        }
        var run = shell.mehari("logs", "--dir", "big=" + big);
        run.out().lines().filter(line -> line.contains(" line ")).forEach(lines::add);

        assertThat(lines).hasSize(20_000).isSorted();
    }

    @ParameterizedTest
    @CsvSource({
        "'logs --components webhok', Did you mean 'webhook'",
        "'logs --level loud', is no level",
        "'logs --slow redis=1s', two durations",
        "'logs --slow cpu=1s,2s', no kind of steps",
        "'logs --zone Mars', is no zone"
    })
    void misuse_isSaid(String line, String says) {
        var run = shell.mehari(line.split(" "));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(says);
    }

    @Test
    void foldersWithoutLogs_areSaid() {
        var run = shell.mehari("logs", "--dir", "gone=" + folder.resolve("gone"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("no logs in");
        assertThat(run.err()).contains("config/logs.yaml");
    }

    @Test
    void mistakesInItsConfiguration_areNamedAtOnce() throws IOException {
        Files.writeString(folder.resolve("config/logs.yaml"), """
                componets: {}
                thresholds:
                  redis: { slow: soon }
                  provider: { slow: 3s, critical: 1s }
                  cpu: { slow: 1s }
                """);

        var run = shell.mehari("logs");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("config/logs.yaml:1:1: Unknown key 'componets'. Did you mean 'components'?")
                .contains("config/logs.yaml:3:18: 'slow' must be a duration")
                .contains("config/logs.yaml:4:13: 'critical' must not be shorter")
                .contains("config/logs.yaml:5:8: A kind of steps of your own");
        assertThat(shell.mehari("config", "check").out()).contains("config/logs.yaml:1:1");
    }

    private static String readExpected(String name) throws IOException {
        return Files.readString(EXPECTED.resolve(name + ".md"));
    }
}
