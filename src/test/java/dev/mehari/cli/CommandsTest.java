package dev.mehari.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Each command against a gateway that answers as the contract says. */
class CommandsTest {
    private static final String CHANNELS = """
            {"channels":[
              {"name":"trades","description":"Positions","provider":"discord","sandbox":true,"fallback":"admin",
               "breaker":"closed","depth":3,"oldestAgeSeconds":12.4,"paused":null,"broken":null},
              {"name":"admin","provider":"slack","sandbox":false,"fallback":null,"breaker":"open","depth":0,
               "oldestAgeSeconds":0,"paused":"by an operator","broken":null}]}""";

    @TempDir
    Path folder;

    private final FakeGateway gateway = new FakeGateway();
    private Shell shell;

    @BeforeEach
    void shell() {
        shell = new Shell(folder).with("MEHARI_URL", gateway.address() + "/").with("MEHARI_API_KEY", "key-of-tests");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void send_makesANotificationOfItsArguments() throws Exception {
        gateway.answer(
                "POST /api/v1/notifications",
                202,
                "{\"id\":\"01A\",\"traceId\":\"t\",\"channels\":[\"trades\",\"admin\"]}");

        var run = shell.mehari(
                "send",
                "trade.opened",
                "Long é",
                "--data",
                "price=67250.50",
                "-d",
                "symbol=BTC USDT",
                "-d",
                "live=true",
                "-d",
                "{\"legs\":[1,2]}",
                "--priority",
                "high",
                "--title",
                "T",
                "--dedupe-key",
                "k");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("Accepted 01A → trades, admin").doesNotContain("\033");
        assertThat(gateway.last().key()).isEqualTo("Bearer key-of-tests");
        assertThat(new ObjectMapper().readTree(gateway.last().body())).isEqualTo(new ObjectMapper().readTree("""
                        {"type":"trade.opened","title":"T","text":"Long é","priority":"high","dedupeKey":"k",
                         "data":{"price":67250.50,"symbol":"BTC USDT","live":true,"legs":[1,2]}}"""));
    }

    @Test
    void send_readsItsTextFromTheStandardInput() {
        gateway.answer("POST /api/v1/notifications", 202, "{\"id\":\"01A\",\"channels\":[]}");

        assertThat(shell.type("two\nlines\n")
                        .mehari("send", "system.status", "-")
                        .exit())
                .isZero();

        assertThat(gateway.last().body()).contains("\"text\":\"two\\nlines\"");
    }

    @Test
    void send_takesAFileOfLinesAsABatchAndSaysWhichWereRefused() throws Exception {
        Files.writeString(folder.resolve("all.jsonl"), "{\"type\":\"a\"}\n\n{\"type\":\"b\"}\n");
        gateway.answer(
                "POST /api/v1/notifications/batch",
                202,
                "{\"accepted\":1,\"rejected\":1,\"results\":[{\"id\":\"01A\"},{\"detail\":\"b is unknown\"}]}");

        var run = shell.mehari("send", "--file", "all.jsonl");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("1 accepted, 1 rejected").contains("2: b is unknown");
        assertThat(gateway.last().body()).isEqualTo("[{\"type\":\"a\"},{\"type\":\"b\"}]");
    }

    @ParameterizedTest
    @CsvSource({
        "'send', Name the type",
        "'send a b --data x', 'KEY=VALUE'",
        "'send a --data {x', not JSON",
        "'dead-letters replay', say --all",
        "'dead-letters purge', Name an ID",
        "'search --from yesterday', is no time",
        "'chanels', Did you mean: mehari channels",
        "'show', Missing required parameter",
        "'stats --url nonsense', is no address"
    })
    void misuse_isNoCallAndExitCode2(String line, String says) {
        var run = shell.mehari(line.split(" "));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(says);
        assertThat(gateway.asked).isEmpty();
    }

    @Test
    void refusal_isTheGatewaysSentenceWithItsFields() {
        gateway.answer(
                "POST /api/v1/notifications",
                422,
                "{\"code\":\"invalid\",\"detail\":\"Two fields are wrong.\",\"errors\":[{\"pointer\":\"/priority\",\"detail\":\"is none\"}]}");

        var text = shell.mehari("send", "a.b");
        var json = shell.mehari("send", "a.b", "--json");

        assertThat(text.exit()).isEqualTo(1);
        assertThat(text.err()).contains("Two fields are wrong.").contains("/priority: is none");
        assertThat(json.exit()).isEqualTo(1);
        assertThat(json.out()).contains("\"code\" : \"invalid\"");
    }

    @Test
    void key_isShownOnce_thenOnlyItsName() {
        gateway.answer(
                "POST /api/v1/keys",
                201,
                "{\"name\":\"ci\",\"key\":\"mhr_abcdefgh\",\"createdAt\":\"2026-11-20T10:00:00Z\"}");
        gateway.answer("GET /api/v1/keys", 200, """
                {"keys":[{"name":"default","origin":"first-start","createdAt":null,"lastUsedAt":null},
                         {"name":"ci","origin":"issued","createdAt":"2026-11-20T10:00:00Z","lastUsedAt":null}]}""");
        gateway.answer("DELETE /api/v1/keys/ci", 204, "");

        var made = shell.mehari("key", "create", "ci");
        assertThat(made.out()).isEqualToIgnoringNewLines("mhr_abcdefgh");
        assertThat(made.err()).contains("shown this once");
        assertThat(gateway.last().body()).isEqualTo("{\"name\":\"ci\"}");
        assertThat(shell.mehari("key", "list").out()).contains("default", "first-start", "ci", "issued");
        assertThat(shell.mehari("key", "revoke", "ci").out()).contains("Key ci is revoked");
    }

    @Test
    void gatewayThatIsNotThere_isSaidInASentenceAndExitCode3() {
        gateway.close();

        var run = shell.mehari("channels");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("does not answer").contains("Is it running?");
    }

    @Test
    void otherServer_isNoGateway() {
        gateway.answer("GET /api/v1/channels", 200, "<html>");

        var run = shell.mehari("channels");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("no Mehari gateway");
    }

    @Test
    void key_isReadFromTheDataFolder() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/api-key"), "mk_file\n");
        shell.environment.remove("MEHARI_API_KEY");

        shell.mehari("channels");

        assertThat(gateway.last().key()).isEqualTo("Bearer mk_file");
    }

    @Test
    void missingKey_isSaidWithWhatToDo() {
        shell.environment.remove("MEHARI_API_KEY");
        gateway.answer("GET /api/v1/channels", 401, "{\"detail\":\"Send the API key\"}");

        assertThat(shell.mehari("channels").err()).contains("set MEHARI_API_KEY");
    }

    @Test
    void channels_showMappingAndState() {
        gateway.answer("GET /api/v1/channels", 200, CHANNELS);

        assertThat(shell.mehari("channels").out().lines())
                .element(1)
                .asString()
                .containsSubsequence(
                        "trades", "discord (sandbox)", "ok", "closed", "3", "12.4 s", "admin", "Positions");
        assertThat(shell.mehari("channels", "list").out()).contains("paused by an operator");
        assertThat(shell.mehari("channels", "--json").out()).contains("\"sandbox\" : true");
    }

    @Test
    void colour_isOnlyForTerminalsThatWantIt() {
        gateway.answer("GET /api/v1/channels", 200, CHANNELS);
        shell.onTerminal();

        assertThat(shell.mehari("channels").out()).contains("\033[33m");
        assertThat(shell.with("NO_COLOR", "1").mehari("channels").out()).doesNotContain("\033");
    }

    @Test
    void messages_cannotSteerTheTerminal() {
        gateway.answer("GET /api/v1/notifications/x", 200, "{\"id\":\"x\",\"type\":\"a\",\"text\":\"\\u001b[2Jgone\"}");

        assertThat(shell.mehari("show", "x").out()).contains("�[2Jgone").doesNotContain("\033");
    }

    @Test
    void oneChannel_isTestedPausedAndResumed() {
        gateway.answer("POST /api/v1/channels/trades/test", 202, "{\"id\":\"01T\"}")
                .answer("POST /api/v1/channels/trades/pause", 200, "{\"name\":\"trades\",\"depth\":7}")
                .answer("POST /api/v1/channels/trades/resume", 200, "{\"name\":\"trades\",\"depth\":7}");

        assertThat(shell.mehari("channels", "test", "trades").out()).contains("01T");
        assertThat(shell.mehari("pause", "trades").out()).isEqualTo("Channel trades is paused; 7 waiting.\n");
        assertThat(shell.mehari("resume", "trades").out()).isEqualTo("Channel trades goes on; 7 waiting.\n");
        assertThat(shell.mehari("pause", "a/b").exit()).isEqualTo(1);
        assertThat(gateway.last().call()).isEqualTo("POST /api/v1/channels/a%2Fb/pause");
    }

    @Test
    void deadLetters_areListedByReason() {
        gateway.answer("GET /api/v1/dead-letters?channel=trades&limit=20", 200, """
                {"total":2,"groups":[{"reason":"rejected","channel":"trades","type":"trade.opened","count":2}],
                 "deadLetters":[{"id":"01D:trades","reason":"rejected","diedAt":"2026-11-20T17:00:00.000Z","detail":"400 no"}],
                 "cursor":"c"}""");

        assertThat(shell.mehari("dead-letters", "list", "--channel", "trades").out())
                .contains("2       rejected  trades   trade.opened")
                .contains("2026-11-20 17:00:00.000Z  01D:trades  rejected  400 no")
                .contains("1 of 2 shown");
    }

    @Test
    void deadLetter_isShownWithItsMessage() {
        gateway.answer(
                "GET /api/v1/dead-letters/01D%3Atrades",
                200, "{\"id\":\"01D:trades\",\"attempts\":8,\"notification\":{\"title\":\"T\"}}");

        assertThat(shell.mehari("dead-letters", "show", "01D:trades").out())
                .contains("attempts      8")
                .contains("\"title\" : \"T\"");
    }

    @Test
    void deadLetters_areCountedBeforeTheyAreReplayed() {
        gateway.answer(
                        "POST /api/v1/dead-letters/replay?reason=rejected&dryRun=true",
                        200,
                        "{\"matched\":4,\"dryRun\":true}")
                .answer(
                        "POST /api/v1/dead-letters/replay?dryRun=false",
                        200,
                        "{\"matched\":4,\"replayed\":3,\"failed\":1,\"problems\":[\"no lane\"]}")
                .answer("POST /api/v1/dead-letters/01D/replay", 202, "{\"id\":\"01D\",\"replayed\":true}");

        assertThat(shell.mehari("dead-letters", "replay", "--reason", "rejected", "--dry-run")
                        .out())
                .isEqualTo("4 would be replayed.\n");
        var all = shell.mehari("dead-letters", "replay", "--all");
        assertThat(all.exit()).isEqualTo(1);
        assertThat(all.out()).contains("3 of 4");
        assertThat(all.err()).contains("no lane");
        assertThat(shell.mehari("dead-letters", "replay", "01D").exit()).isZero();
    }

    @Test
    void deadLetters_arePurgedByAgeAfterACount() {
        gateway.answer("GET /api/v1/dead-letters?limit=500", 200, """
                        {"deadLetters":[{"diedAt":"2026-11-20T17:30:00.000Z"},{"diedAt":"2026-11-19T17:00:00.000Z"}],"cursor":"n"}""")
                .answer("GET /api/v1/dead-letters?limit=500&cursor=n", 200, """
                        {"deadLetters":[{"diedAt":"2026-11-10T17:00:00.000Z"}],"cursor":null}""")
                .answer("GET /api/v1/dead-letters?cursor=n&limit=500", 200, """
                        {"deadLetters":[{"diedAt":"2026-11-10T17:00:00.000Z"}],"cursor":null}""")
                .answer("DELETE /api/v1/dead-letters?olderThan=1h", 200, "{\"deleted\":2}")
                .answer("DELETE /api/v1/dead-letters/01D", 204, "");

        assertThat(shell.mehari("dead-letters", "purge", "--older-than", "1h", "--dry-run")
                        .out())
                .isEqualTo("2 would be deleted.\n");
        assertThat(shell.mehari("dead-letters", "purge", "--older-than", "1h").out())
                .isEqualTo("2 deleted.\n");
        assertThat(shell.mehari("dead-letters", "purge", "01D").out()).isEqualTo("1 deleted.\n");
    }

    @Test
    void search_asksWithItsFiltersAndShowsLines() {
        gateway.answer(
                "GET /api/v1/notifications?q=BTC%20long&channel=trades&from=2026-11-19T18%3A00%3A00Z&limit=20",
                200, """
                {"notifications":[{"id":"01A","type":"trade.opened","title":"BTC","createdAt":"2026-11-20T17:00:00Z",
                  "deliveries":[{"channel":"trades","state":"delivered"}]}],"cursor":"next"}""");

        assertThat(shell.mehari("search", "BTC", "long", "--channel", "trades", "--from", "24h")
                        .out())
                .contains("01A  trade.opened  delivered  trades    BTC")
                .contains("--cursor next");
    }

    @Test
    void show_tellsEveryAttempt() {
        gateway.answer("GET /api/v1/notifications/01A", 200, """
                {"notification":{"id":"01A","type":"trade.opened","title":"BTC","data":{"price":1}},
                 "deliveries":[{"channel":"trades","state":"dead","attempts":[
                   {"at":"2026-11-20T17:00:00.100Z","outcome":"retry","status":503,"durationMs":81,"reason":"busy"}]}],
                 "events":[{"at":"2026-11-20T17:00:00Z","channel":"trades","event":"accepted"}]}""");

        assertThat(shell.mehari("show", "01A").out())
                .contains("trade.opened  BTC")
                .contains("→ trades  dead")
                .contains("2026-11-20 17:00:00.100Z  retry    503     81  busy")
                .contains("accepted");
    }

    @Test
    void trace_showsDelaysAndWhatWasSlow() {
        gateway.answer("GET /api/v1/traces/abc-123", 200, """
                [{"offsetMs":0,"component":"http","event":"Webhook received"},
                 {"offsetMs":890,"component":"discord","event":"Provider response","slow":"warning"}]""");

        assertThat(shell.mehari("trace", "abc-123").out()).isEqualTo("""
                [TRACE abc-123] Webhook received (http) → 0 ms
                [TRACE abc-123] Provider response (discord) → +890 ms  ⚠ SLOW
                """);
    }

    @Test
    void routes_showWhatWasRefused() {
        gateway.answer("GET /api/v1/routes", 200, """
                {"ok":false,"files":[{"path":"routes/routing.yaml","hash":"ab","ok":false,
                 "problems":[{"file":"routes/routing.yaml","line":12,"column":3,"message":"Unknown step."}]}]}""");

        var run = shell.mehari("routes", "list");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains("refused, the one before goes on")
                .contains("routes/routing.yaml:12:3: Unknown step.");
    }

    @Test
    void stats_addUpByChannel() {
        gateway.answer("GET /api/v1/stats", 200, """
                {"channels":{"trades":{"inFlight":1,"difference":0,"states":{"accepted":3,"delivered":2}}},
                 "total":{"accepted":3,"delivered":2,"inFlight":1},"deadLetters":5,"balanced":true}""");

        assertThat(shell.mehari("stats").out()).contains("trades   3         2").contains("Dead letters: 5");
    }

    @Test
    void top_refreshesUntilQ() {
        gateway.answer("GET /api/v1/channels", 200, CHANNELS);

        var run = shell.onTerminal()
                .with("NO_COLOR", "1")
                .press(Keyboard.Key.NONE, Keyboard.Key.OTHER)
                .mehari("top");

        assertThat(run.exit()).isZero();
        assertThat(gateway.asked).hasSize(3);
        assertThat(run.out()).contains("trades   ok").contains("12.4 s").contains("q quits");
    }

    @Test
    void top_waitsForAGatewayThatIsAway() {
        gateway.close();

        assertThat(shell.onTerminal().press(Keyboard.Key.NONE).mehari("top").out())
                .contains("does not answer");
    }

    @Test
    void top_looksOnceWhereThereIsNoTerminal() {
        gateway.answer("GET /api/v1/channels", 200, CHANNELS);

        assertThat(shell.mehari("top").out())
                .contains("trades")
                .doesNotContain("\033")
                .doesNotContain("q quits");
    }

    @Test
    void logLevel_isShownAndChanged() {
        gateway.answer("GET /api/v1/loggers/dev.mehari", 200, "{\"effective\":\"info\"}")
                .answer("POST /api/v1/loggers/dev.mehari.delivery", 200, "{\"effective\":\"debug\"}");

        assertThat(shell.mehari("log-level").out()).isEqualTo("dev.mehari logs from info on.\n");
        assertThat(shell.mehari("log-level", "dev.mehari.delivery", "debug").out())
                .contains("debug");
        assertThat(gateway.last().body()).isEqualTo("{\"level\":\"debug\"}");
        shell.mehari("log-level", "dev.mehari.delivery", "default");
        assertThat(gateway.last().body()).isEqualTo("{\"level\":null}");
    }

    @Test
    void completion_isAScriptThatBashAccepts() throws Exception {
        var script = shell.mehari("completion");
        var file = Files.writeString(folder.resolve("completion.sh"), script.out());
        var bash = new ProcessBuilder("bash", "-c", "source \"$0\" && complete -p mehari", file.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes())).contains("_complete_mehari");
        assertThat(script.out())
                .contains("dead-letters")
                .contains("explain")
                .contains("--expect")
                .contains("zsh");
    }

    @Test
    void everyCommand_explainsItself() {
        var paths = new ArrayList<List<String>>();
        collect(new MehariCommand(Surroundings.ofThisProcess()).commandLine(), List.of(), paths);

        assertThat(paths).hasSizeGreaterThan(25);
        for (var path : paths) {
            var line = new ArrayList<>(path);
            line.add("--help");
            var run = shell.mehari(line.toArray(String[]::new));
            assertThat(run.exit()).as(path + run.err()).isZero();
            assertThat(run.out()).contains("Usage: " + ("mehari " + String.join(" ", path)).strip());
        }
        assertThat(gateway.asked).isEmpty();
    }

    private static void collect(CommandLine line, List<String> path, List<List<String>> paths) {
        paths.add(path);
        line.getSubcommands().forEach((name, command) -> {
            var longer = new ArrayList<>(path);
            longer.add(name);
            collect(command, longer, paths);
        });
    }

    @Test
    void report_isMadeOrOnlyShownAndItsChartCanBeKept() throws Exception {
        gateway.answer("POST /api/v1/reports/daily?preview=true", 200, """
                {"report":"report.daily","preview":true,"channels":["performance"],
                 "data":{"from":"a","to":"b","total":12,"successRate":100.00,"byOutcome":{"delivered":11,"dead":1}},
                 "chart":{"name":"chart.png","contentType":"image/png","content":"iVBORw=="}}""");
        gateway.answer("POST /api/v1/reports/daily?preview=false", 202, """
                {"report":"report.daily","preview":false,"id":"01A","channels":["performance"],
                 "data":{"total":12},"chart":null}""");

        var shown = shell.mehari("report", "daily", "--preview", "--chart", "day.png");
        var sent = shell.mehari("report", "daily", "--chart", "none.png");

        assertThat(shown.exit()).as(shown.err()).isZero();
        assertThat(shown.out())
                .contains("report.daily  would go to performance", "delivered 11, dead 1", "100 %", "attached");
        assertThat(Files.readAllBytes(folder.resolve("day.png"))).containsExactly(0x89, 'P', 'N', 'G');
        assertThat(sent.out()).contains("sent to performance as 01A", "There is no chart");
        assertThat(folder.resolve("none.png")).doesNotExist();
    }

    @Test
    void reports_areListedWithTheirTimes() {
        gateway.answer("GET /api/v1/reports", 200, """
                {"reports":[{"name":"report.daily","description":"Every evening","cron":"0 0 18 * * ?","zone":"UTC",
                  "last":null,"next":"2026-11-20T18:00:00Z"}]}""");

        assertThat(shell.mehari("report").out()).contains("daily", "0 0 18 * * ?", "2026-11-20", "Every evening");
        assertThat(shell.mehari("report", "--preview").exit()).isEqualTo(2);
    }

    @Test
    void pastTraffic_goesThroughAFolderOfRoutes() throws Exception {
        Files.createDirectories(folder.resolve("cand/sources"));
        Files.writeString(folder.resolve("cand/routing.yaml"), "- route: {}");
        Files.writeString(folder.resolve("cand/sources/a.yaml"), "- a");
        Files.writeString(folder.resolve("cand/notes.txt"), "none");
        gateway.answer("POST /api/v1/routes/time-travel", 200, """
                {"from":"2026-11-20T12:00:00Z","to":"2026-11-20T18:00:00Z","notifications":12,"moved":3,
                 "withoutContent":2,"failed":0,"complete":true,"notCalled":["http"],"groups":[
                 {"type":"trade.opened","went":["signal"],"now":["trades"],"then":["admin","trades"],"count":3,
                  "examples":["01A","01B"]}],"moreGroups":0}""");

        var run = shell.mehari("routes", "test", "--since", "6h", "--routes", "cand");

        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(run.out())
                .contains("12 messages from 2026-11-20 12:00", "3 would go elsewhere")
                .contains("signal (today: trades)  admin, trades  01A")
                .contains("2 have lost", "http, which was not called");
        assertThat(gateway.last().body())
                .isEqualTo("{\"from\":\"6h\",\"files\":{\"routes/routing.yaml\":\"- route: {}\","
                        + "\"routes/sources/a.yaml\":\"- a\"}}");
    }

    @Test
    void routesThatCannotBeTried_areToldLikeByTheCompiler() throws Exception {
        Files.createDirectories(folder.resolve("cand"));
        gateway.answer("POST /api/v1/routes/time-travel", 422, """
                {"code":"files-refused","detail":"Mend them.","errors":[{"pointer":"/files/routes~1routing.yaml",
                 "detail":"routes/routing.yaml:10:11: Unknown step 'chioce'."}]}""");

        var run = shell.mehari("routes", "test", "--since", "6h", "--routes", "cand");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err().strip()).isEqualTo("routes/routing.yaml:10:11: Unknown step 'chioce'.");
        assertThat(shell.mehari("routes", "test", "--routes", "cand").exit()).isEqualTo(2);
        assertThat(shell.mehari("routes", "test", "--since", "6h", "--routes", "none")
                        .err())
                .contains("is no folder");
    }
}
