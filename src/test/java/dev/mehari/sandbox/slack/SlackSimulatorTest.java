package dev.mehari.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.Calls;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackSimulatorTest {
    private final Calls slack = calls(false);

    private static Calls calls(boolean limited) {
        return new Calls(calls -> new SlackSimulator(limited, calls.inbox, calls.violations, calls.clock));
    }

    @Test
    void message_isOk() {
        Answer answer = slack.json(slack.path, "{\"text\":\"a\",\"blocks\":[{\"type\":\"divider\"}]}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("ok");
        assertThat(slack.newest().embeds()).hasSize(1);
        assertThat(slack.path).matches("/services/T\\w{9}/B\\w{9}/\\w{24}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                                                          | invalid_payload
            []                                                                         | invalid_payload
            {}                                                                         | no_text
            {"text":" "}                                                               | no_text
            {"blocks":[{"type":"nonsense"}]}                                           | invalid_blocks
            {"blocks":[{"type":"section"}]}                                            | invalid_blocks
            {"blocks":[{"type":"section","text":{"type":"mrkdwn","text":""}}]}         | invalid_blocks
            {"blocks":[{"type":"header","text":{"type":"mrkdwn","text":"a"}}]}         | invalid_blocks
            {"blocks":[{"type":"context","elements":[]}]}                              | invalid_blocks
            {"blocks":[{"type":"image","image_url":"https://example.org/a.png"}]}      | invalid_blocks
            """)
    void badPayload_isRefusedInPlainText(String payload, String error) {
        Answer answer = slack.json(slack.path, payload);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource({"header, 150", "section, 3000"})
    void text_hasItsLimit(String type, int most) {
        for (int length : new int[] {most, most + 1}) {
            String kind = type.equals("header") ? "plain_text" : "mrkdwn";
            String block = "{\"blocks\":[{\"type\":\"" + type + "\",\"text\":{\"type\":\"" + kind + "\",\"text\":\""
                    + "x".repeat(length) + "\"}}]}";
            assertThat(slack.json(slack.path, block).status()).isEqualTo(length == most ? 200 : 400);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 51})
    void blocks_areFiftyAtMost(int count) {
        String blocks = "{\"type\":\"divider\"},".repeat(count - 1) + "{\"type\":\"divider\"}";

        assertThat(slack.json(slack.path, "{\"blocks\":[" + blocks + "]}").status())
                .isEqualTo(count == 50 ? 200 : 400);
    }

    @Test
    void wrongAddress_isRefused() {
        assertThat(slack.json("/services/T1/B1/x", "{\"text\":\"a\"}"))
                .returns(404, Answer::status)
                .returns("no_service", Answer::text);
        assertThat(slack.json(slack.path + "x", "{\"text\":\"a\"}"))
                .returns(403, Answer::status)
                .returns("invalid_token", Answer::text);
    }

    @Test
    void burst_isLimited() {
        Calls limited = calls(true);
        for (int i = 0; i < 5; i++) {
            assertThat(limited.json(limited.path, "{\"text\":\"a\"}").status()).isEqualTo(200);
        }
        Answer answer = limited.call("POST", limited.path, Map.of(), "{\"text\":\"a\"}");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsEntry("Retry-After", "5");
    }
}
