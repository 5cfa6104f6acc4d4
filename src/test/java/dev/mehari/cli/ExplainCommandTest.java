package dev.mehari.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a message would go and why, and whether that is where it should. */
class ExplainCommandTest {
    private static final String EXPLAIN = "POST /api/v1/explain";
    private static final String ANSWER = """
            {"notification":{"type":"trade.opened","title":"Long BTC","priority":"normal"},
             "branches":[
               {"condition":"${variable.type} == 'x'","outcome":"refused","to":["channel:x"],"reason":"the condition is false"},
               {"condition":"${variable.data.no}","outcome":"failed","to":[],"reason":"No such key"},
               {"condition":"${variable.type} startsWith 'trade.'","outcome":"taken","to":["channel:trades"],"reason":"true"},
               {"condition":"otherwise","outcome":"not asked","to":["direct:unmatched"],"reason":"an earlier one"}],
             "channels":["trades"],
             "destinations":[{"channel":"trades","provider":"discord","sandbox":true,"fallback":"admin",
               "throttle":{"requests":5,"period":"PT2S"},
               "budget":{"windows":[{"scope":"channel","used":2,"requests":5,"period":"PT2.05S"}],"pausedFor":"PT0S"},
               "breaker":"open","paused":"by an operator","waiting":7,
               "card":{"title":"Long BTC","text":"two\\nlines","color":255,"link":null,
                       "fields":[{"name":"Symbol","value":"BTC","inline":true}]},
               "request":{"method":"POST","address":"***/trades","query":{"wait":"true"},
                          "headers":{"Content-Type":"application/json"},"body":{"embeds":[{"title":"Long\\u001b BTC"}]}}}]}""";
    private static final String REFUSAL = """
            {"status":422,"code":"invalid","detail":"/type must be a dotted lower-case name."}""";

    @TempDir
    Path folder;

    private final FakeGateway gateway = new FakeGateway();
    private Shell shell;

    @BeforeEach
    void shell() {
        shell = new Shell(folder).with("MEHARI_URL", gateway.address());
        gateway.answer(EXPLAIN, 200, ANSWER);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void explain_showsBranchesChannelsCardAndRequest() {
        var run = shell.mehari("explain", "trade.opened", "two lines", "-d", "symbol=BTC", "--priority", "high");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(gateway.last().body())
                .isEqualTo("{\"type\":\"trade.opened\",\"text\":\"two lines\",\"priority\":\"high\","
                        + "\"data\":{\"symbol\":\"BTC\"}}");
        assertThat(run.out())
                .contains("trade.opened  Long BTC  priority normal\nWould go to trades\n")
                .contains("refused    ${variable.type} == 'x' → channel:x\n")
                .contains("failed     ${variable.data.no} → nowhere: No such key\n")
                .contains("taken      ${variable.type} startsWith 'trade.' → channel:trades\n")
                .contains("not asked  otherwise → direct:unmatched\n")
                .contains("→ trades  discord (sandbox)\n")
                .contains(
                        "  breaker   open\n  paused    by an operator\n  waiting   7\n  throttle  5 per 2.0 s\n  budget    channel 2 of 5 in 2.1 s\n")
                .contains("  fallback  admin\n  card      Long BTC\n            two\n            lines\n")
                .contains("            Symbol: BTC\n            color #0000ff\n")
                .contains("  request   POST ***/trades?wait=true\n            Content-Type: application/json\n")
                .contains("            {\n              \"embeds\"")
                .doesNotContain("\033");
    }

    @Test
    void explain_saysWhatTheChannelsNameOrNothingWould() {
        gateway.answer(EXPLAIN, 200, "{\"notification\":{\"type\":\"a.b\"},\"channels\":[],\"branches\":[]}");

        assertThat(shell.mehari("explain", "a.b").out())
                .contains("Would go nowhere.")
                .contains("No branch of the router was asked");
    }

    @Test
    void explain_asJson_isTheGatewaysAnswer() {
        assertThat(shell.mehari("explain", "a.b", "--json").out()).contains("\"outcome\" : \"not asked\"");
    }

    @Test
    void explain_takesOneNotificationOfAFile() throws Exception {
        Files.writeString(folder.resolve("one.json"), "{\"type\":\"a\"}");
        Files.writeString(folder.resolve("two.jsonl"), "{\"type\":\"a\"}\n{\"type\":\"b\"}\n");

        assertThat(shell.mehari("explain", "-f", "one.json").exit()).isZero();
        assertThat(gateway.last().body()).isEqualTo("{\"type\":\"a\"}");
        var list = shell.mehari("explain", "-f", "two.jsonl");
        assertThat(list.exit()).isEqualTo(2);
        assertThat(list.err()).contains("holds a list");
    }

    @Test
    void explain_saysTheGatewaysRefusal() {
        gateway.answer(EXPLAIN, 422, REFUSAL);

        var run = shell.mehari("explain", "Not");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("dotted lower-case");
    }

    @Test
    void routesTest_isGoodWithExactlyTheChannels() {
        var run = shell.mehari(
                "routes",
                "test",
                "--type",
                "trade.opened",
                "--data",
                "symbol=BTC",
                "--title",
                "T",
                "--expect",
                "trades");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("ok       trade.opened → trades\n");
        assertThat(gateway.last().body())
                .isEqualTo("{\"type\":\"trade.opened\",\"title\":\"T\",\"data\":{\"symbol\":\"BTC\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trades,admin|→ trades, expected trades, admin; missing: admin",
                "admin|→ trades, expected admin; missing: admin; not expected: trades",
                "''|→ trades, expected no channel; not expected: trades"
            })
    void routesTest_saysTheDifferenceAndTheBranchThatMadeIt(String expect, String says) {
        var run = shell.mehari("routes", "test", "--type", "trade.opened", "--expect", expect);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("differs  trade.opened " + says + "\n")
                .contains("taken: ${variable.type} startsWith 'trade.' → channel:trades\n")
                .contains("failed: ${variable.data.no}: No such key\n");
    }

    @Test
    void routesTest_triesEveryCaseOfAFile() throws Exception {
        Files.writeString(folder.resolve("cases.yaml"), """
                - { type: trade.opened, priority: high, source: http, data: { legs: [1, 2], price: 97150.50 }, expect: trades }
                - name: fans out
                  type: trade.closed
                  title: 12
                  expect: [trades, admin]
                """);

        var run = shell.mehari("routes", "test", "--file", "cases.yaml");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out().lines())
                .contains("ok       trade.opened → trades", "2 cases, 1 differs.")
                .anyMatch(line -> line.startsWith("differs  fans out → trades"));
        assertThat(gateway.asked)
                .extracting(FakeGateway.Asked::body)
                .containsExactly(
                        "{\"type\":\"trade.opened\",\"priority\":\"high\",\"data\":{\"legs\":[1,2],\"price\":97150.5}}",
                        "{\"type\":\"trade.closed\",\"title\":\"12\"}");
        assertThat(shell.mehari("routes", "test", "--file", "cases.yaml", "--json")
                        .out())
                .contains("\"different\" : 1")
                .contains("\"name\" : \"fans out\"");
    }

    @Test
    void routesTest_countsARefusedMessageAsADifference() {
        gateway.answer(EXPLAIN, 422, REFUSAL);

        var run = shell.mehari("routes", "test", "--type", "Not", "--expect", "");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .isEqualTo("differs  Not: the gateway refuses this message. /type must be a dotted lower-case name.\n");
        gateway.answer(
                EXPLAIN,
                422,
                REFUSAL.replace(
                        "}",
                        ",\"errors\":[{\"pointer\":\"/a\",\"detail\":\"is x.\"},"
                                + "{\"pointer\":\"/b\",\"detail\":\"is y.\"}]}"));
        assertThat(shell.mehari("routes", "test", "--type", "Not", "--expect", "")
                        .out())
                .contains("refuses this message. /a is x.; /b is y.\n");
    }

    @Test
    void routesTest_endsWhenTheGatewayCannotSay() throws Exception {
        Files.writeString(folder.resolve("cases.yaml"), "- { type: a, expect: [b] }\n- { type: c, expect: [d] }\n");
        gateway.answer(EXPLAIN, 401, "{\"status\":401,\"detail\":\"Send the API key\"}");

        var run = shell.mehari("routes", "test", "--file", "cases.yaml");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("API key");
        assertThat(gateway.asked).hasSize(1);
        gateway.close();
        assertThat(shell.mehari("routes", "test", "--file", "cases.yaml").exit())
                .isEqualTo(3);
    }

    @Test
    void source_isAskedForBesideTheMessage() throws Exception {
        gateway.answer("POST /api/v1/explain?source=redis", 200, "{\"channels\":[\"admin\"],\"branches\":[]}");
        Files.writeString(folder.resolve("cases.yaml"), "- { type: a, source: redis, expect: admin }\n");

        assertThat(shell.mehari("routes", "test", "--file", "cases.yaml").out()).contains("ok       a → admin");
        assertThat(shell.mehari("routes", "test", "--type", "a", "--source", "redis", "--expect", "admin")
                        .exit())
                .isZero();
        assertThat(shell.mehari("explain", "a", "--source", "redis").out()).contains("Would go to admin");
        assertThat(gateway.last().body()).isEqualTo("{\"type\":\"a\"}");
    }

    @Test
    void routesTest_namesEveryMistakeOfItsFile() throws Exception {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/route-tests.yaml"), """
                - { typ: a, expect: [b] }
                - { type: a }
                - { type: a, expect: { b: c } }
                - trades
                - { type: a, expect: [b], source: [redis] }
                - { type: a, expect: [[b]], data: 7 }
                """);

        var run = shell.mehari("routes", "test");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("config/route-tests.yaml:1:5: Unknown key 'typ'. Did you mean 'type'?")
                .contains("config/route-tests.yaml:1:3: The case names no 'type'")
                .contains("config/route-tests.yaml:2:3: The case needs 'expect'")
                .contains("config/route-tests.yaml:3:3: The case needs 'expect'")
                .contains("config/route-tests.yaml:4:3: A case is a map")
                .contains("config/route-tests.yaml:5:35: 'source' must be")
                .contains("config/route-tests.yaml:6:23: 'expect' takes names")
                .contains("config/route-tests.yaml:6:35: 'data' must be a map");
        assertThat(gateway.asked).isEmpty();
        assertThat(shell.mehari("config", "check").out()).contains("config/route-tests.yaml:1:5");
    }

    @Test
    void routesTest_withoutACase_isNoSuccess() throws Exception {
        Files.writeString(folder.resolve("cases.yaml"), "# none yet\n");

        var run = shell.mehari("routes", "test", "--file", "cases.yaml");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("must be a list of cases");
    }

    @ParameterizedTest
    @CsvSource({
        "'routes test', no config/route-tests.yaml",
        "'routes test --type a', Name both",
        "'routes test --expect a', Name both",
        "'routes test --type a --expect b --file c', --file holds the cases",
        "'explain', Name the type: mehari explain"
    })
    void misuse_isNoCallAndExitCode2(String line, String says) {
        var run = shell.mehari(line.split(" "));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(says);
        assertThat(gateway.asked).isEmpty();
    }
}
