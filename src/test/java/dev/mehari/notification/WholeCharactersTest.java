package dev.mehari.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes come in, no half a character and no NUL goes on. */
class WholeCharactersTest {
    private final NotificationReader reader = new NotificationReader();

    @Test
    void anyBytes_leaveWholeCharacters_orAreRefused() {
        var random = new Random(7);
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            var body = "{\"type\":\"a\",\"title\":\"________\"}".getBytes(StandardCharsets.US_ASCII);
            for (int at = 22; at < 26; at++) {
                body[at] = (byte) (i % 2 == 0 ? 0x80 + random.nextInt(0x80) : random.nextInt(0x100));
            }
            body[22] = (byte) (0xC0 + random.nextInt(0x40));
            try {
                assertWhole(String.valueOf(reader.read(body).title()));
                taken++;
            } catch (RejectedInput notJson) {
                assertThat(notJson.reason()).isEqualTo(RejectedInput.Reason.NOT_JSON);
            }
        }
        assertThat(taken).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE"})
    void escapedHalves_areReplaced_inEveryEncodingOfJson(String charset) {
        var one = "{\"type\":\"a\",\"title\":\"cut \\ud83d\"}".getBytes(Charset.forName(charset));
        assertThat(reader.read(one).title()).isEqualTo("cut \uFFFD");
    }

    @Test
    void halvesInLines_areReplaced() {
        var lines = "{\"type\":\"a\",\"title\":\"\\ude00\"}\n{\"type\":\"b\"}".getBytes(StandardCharsets.UTF_8);
        List<Object> documents = reader.readBatch(lines, 2);
        assertThat(reader.draft(documents.getFirst()).title()).isEqualTo("\uFFFD");
    }

    @Test
    void formsAreMended_whateverTheyHold() {
        assertThat(reader.form(Map.of("type", "a", "title", "\0 \ud83d")).title())
                .isEqualTo("\uFFFD \uFFFD");
    }

    private static void assertWhole(String text) {
        assertThat(WholeCharacters.in(text)).isEqualTo(text);
    }
}
