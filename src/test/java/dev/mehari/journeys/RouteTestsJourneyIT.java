package dev.mehari.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command line asks a real gateway where messages would go. */
class RouteTestsJourneyIT extends Journey {

    @Test
    void shippedCases_holdForTheShippedRouter() throws Exception {
        var run = mehari("routes", "test");

        assertThat(run.text()).contains("ok       trade.opened → trades", "11 cases, all as expected.");
        assertThat(run.exit()).isZero();
        assertThat(inbox().messages("trades")).isEmpty();
    }

    @Test
    void aDifference_isExitCode1_alsoForAMessageThatTheDoorRefuses() throws Exception {
        var run = mehari("routes", "test", "--type", "signal.analysis", "--expect", "signal,admin");
        var refused = mehari("routes", "test", "--type", "Not.A.Type", "--expect", "admin");

        assertThat(run.text()).contains("expected signal, admin; missing: admin", "taken: ", "startsWith 'signal.'");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(refused.text()).contains("the gateway refuses this message");
        assertThat(refused.exit()).isEqualTo(1);
    }

    @Test
    void explain_isReadable() throws Exception {
        var run = mehari("explain", "trade.opened", "Breakout", "--data", "symbol=BTC-USD", "--data", "side=long");

        assertThat(run.text())
                .contains("Would go to trades", "taken", "not asked", "→ trades  discord (sandbox)", "breaker   closed")
                .contains("request   POST the sandbox", "\"embeds\"")
                .doesNotContain("/webhooks/");
        assertThat(run.exit()).isZero();
    }

    private record Run(int exit, String text) {}

    private static Run mehari(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", Path.of("mehari").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MEHARI_URL", GATEWAY.address().toString());
        builder.environment().put("MEHARI_API_KEY", caller().key());
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), text);
    }
}
