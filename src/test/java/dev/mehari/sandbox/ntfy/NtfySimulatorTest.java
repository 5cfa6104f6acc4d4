package dev.mehari.sandbox.ntfy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.Calls;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NtfySimulatorTest {
    private final Calls ntfy = new Calls(calls -> new NtfySimulator(true, calls.inbox, calls.violations, calls.clock));

    @Test
    void headers_describeTheMessage() {
        Map<String, String> headers = Map.of(
                "Title",
                "=?UTF-8?B?w4l0w6k=?=",
                "Priority",
                "urgent",
                "Tags",
                "warning,skull",
                "Click",
                "https://example.org");
        Answer answer = ntfy.call("PUT", ntfy.path, headers, "disk full");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("\"priority\":5", "\"tags\":[\"warning\",\"skull\"]", "\"title\":\"Été\"");
        assertThat(ntfy.newest().content()).isEqualTo("disk full");
        assertThat(ntfy.newest().extra()).containsEntry("title", "Été").containsEntry("priority", "5");
    }

    @Test
    void json_goesToTheRoot() {
        assertThat(ntfy.json("/", "{\"topic\":\"trades\",\"message\":\"m\",\"tags\":[\"a\"],\"priority\":4}")
                        .status())
                .isEqualTo(200);
        assertThat(ntfy.newest().content()).isEqualTo("m");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /        | nonsense                                   | 40017
            /        | {"message":"a"}                            | 40009
            /a b     | a                                          | 40009
            /        | {"topic":"t","message":"a","priority":6}   | 40007
            """)
    void badRequests_areRefusedByNumber(String path, String body, int code) {
        Answer answer = ntfy.json(path, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("\"code\":" + code);
    }

    @Test
    void longMessage_becomesAFile() {
        assertThat(ntfy.call("POST", ntfy.path, Map.of(), "x".repeat(4097)).status())
                .isEqualTo(200);
        assertThat(ntfy.newest().files()).hasSize(1);
        assertThat(ntfy.newest().content()).isEqualTo("You received a file");
    }

    @Test
    void sixtyFirst_waitsFiveSeconds() {
        for (int i = 0; i < 60; i++) {
            assertThat(ntfy.call("POST", ntfy.path, Map.of(), "a").status()).isEqualTo(200);
        }
        assertThat(ntfy.call("POST", ntfy.path, Map.of(), "a").text()).contains("42901");
        ntfy.clock.advance(Duration.ofSeconds(5));
        assertThat(ntfy.call("POST", ntfy.path, Map.of(), "a").status()).isEqualTo(200);
        assertThat(ntfy.call("POST", ntfy.path, Map.of(), "a").status()).isEqualTo(429);
    }
}
