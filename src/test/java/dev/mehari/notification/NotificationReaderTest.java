package dev.mehari.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mehari.notification.RejectedInput.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationReaderTest {
    private final NotificationReader reader = new NotificationReader();

    @Test
    void everyField_isTakenOver() {
        var draft = read("""
                {"type":"trade.opened","title":"T","text":"X","data":{"symbol":"BTC","n":1.5,"none":null},"priority":"HIGH",
                 "recipient":"r","traceId":"t-1","dedupeKey":"k","expiresAt":"2026-11-20T19:00:00+01:00","channel":"admin",
                 "attachments":[{"name":"../a\\\\b/c.png","contentType":"image/png","content":"AQI="},
                                {"name":"d","url":"https://example.com/d"}]}
                """);
        assertThat(draft.type()).isEqualTo("trade.opened");
        assertThat(draft.priority()).isEqualTo(Priority.HIGH);
        assertThat(draft.expiresAt()).isEqualTo(Instant.parse("2026-11-20T18:00:00Z"));
        assertThat(draft.data())
                .containsEntry("symbol", "BTC")
                .containsEntry("n", 1.5)
                .containsEntry("none", null);
        assertThat(draft.channel()).isEqualTo("admin");
        assertThat(draft.attachments()).extracting(Attachment::name).containsExactly("c.png", "d");
        assertThat(draft.attachments().get(0).content()).containsExactly(1, 2);
        assertThat(draft.attachments().get(1).contentType()).isEqualTo("application/octet-stream");
    }

    @Test
    void fieldsWithoutAMeaningHere_joinTheData_butDoNotReplaceIt() {
        var draft = read("{\"type\":\"a\",\"symbol\":\"flat\",\"price\":7,\"data\":{\"symbol\":\"own\"}}");
        assertThat(draft.data()).isEqualTo(Map.of("symbol", "own", "price", 7));
    }

    @Test
    void messageAndTraceIdOfOtherProducers_areUnderstood() {
        var draft = read("{\"type\":\"a\",\"message\":\"hello\",\"trace_id\":\"abc-123\"}");
        assertThat(draft.text()).isEqualTo("hello");
        assertThat(draft.traceId()).isEqualTo("abc-123");
        assertThat(draft.data()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                              | /type",
                "{\"type\":null}                                 | /type",
                "{\"type\":7}                                    | /type",
                "{\"type\":\"Trade.Opened\"}                     | /type",
                "{\"type\":\"a..b\"}                             | /type",
                "{\"type\":\"a b\"}                              | /type",
                "{\"type\":\"a\",\"title\":[1]}                  | /title",
                "{\"type\":\"a\",\"priority\":\"urgent\"}        | /priority",
                "{\"type\":\"a\",\"priority\":3}                 | /priority",
                "{\"type\":\"a\",\"expiresAt\":\"tomorrow\"}     | /expiresAt",
                "{\"type\":\"a\",\"expiresAt\":\"2026-11-20T18:00:00\"} | /expiresAt",
                "{\"type\":\"a\",\"traceId\":\"with blank\"}     | /traceId",
                "{\"type\":\"a\",\"traceId\":\"line\\nfeed\"}    | /traceId",
                "{\"type\":\"a\",\"data\":[1]}                   | /data",
                "{\"type\":\"a\",\"attachments\":{}}             | /attachments",
                "{\"type\":\"a\",\"attachments\":[{\"name\":\"x\"}]} | /attachments/0",
                "{\"type\":\"a\",\"attachments\":[{\"name\":\"x\",\"content\":\"?\"}]} | /attachments/0/content",
                "{\"type\":\"a\",\"attachments\":[{\"name\":\"x\",\"url\":\"file:///etc/passwd\"}]} | /attachments/0"
            })
    void wrongField_isNamed(String body, String pointer) {
        var rejected = rejected(body.strip());
        assertThat(rejected.reason()).isEqualTo(Reason.INVALID);
        assertThat(rejected.errors()).extracting(FieldError::pointer).contains(pointer);
    }

    @Test
    void allWrongFields_areNamedAtOnce() {
        assertThat(rejected("{\"title\":1,\"priority\":\"x\",\"data\":2}").errors())
                .extracting(FieldError::pointer)
                .containsExactly("/type", "/title", "/priority", "/data");
    }

    @Test
    void longField_isRefusedWithItsLength() {
        var rejected = rejected("{\"type\":\"a\",\"title\":\"" + "x".repeat(1001) + "\"}");
        assertThat(rejected).hasMessage("/title must have at most 1000 characters, this has 1001.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  \n", "null", "{", "{\"type\":\"a\"} trailing", "hello", "[]", "7", "\"text\"", "NaN"})
    void whatIsNoJsonObject_isRefusedAsSuch(String body) {
        assertThat(rejected(body).reason()).isEqualTo(Reason.NOT_JSON);
    }

    @Test
    void brokenJson_isRefusedWithItsPlace_andWithoutItsText() {
        assertThat(rejected("{\"type\":\"a\",\n \"token\": s3cret}"))
                .hasMessageContaining("line 2")
                .message()
                .doesNotContain("\n", "StreamReadFeature", "Source:");
    }

    @Test
    void byteOrderMark_isReadOver() {
        assertThat(read("\uFEFF{\"type\":\"a\"}").type()).isEqualTo("a");
    }

    @Test
    void halfCharactersAndNul_becomeReplacements_soThatTheMessageCanBeStored() {
        var draft = read("{\"type\":\"a\",\"title\":\"cut \\ud83d\",\"text\":\"\\u0000 \\ud83d\\ude00 \\ude00\","
                + "\"data\":{\"k\":[\"\\udfff\"]}}");
        assertThat(draft.title()).isEqualTo("cut \uFFFD");
        assertThat(draft.text()).isEqualTo("\uFFFD 😀 \uFFFD");
        assertThat(draft.data()).isEqualTo(Map.of("k", List.of("\uFFFD")));
        assertThat(stored(draft).data()).isEqualTo(draft.data());
    }

    @Test
    void nesting_isTakenAsDeepAsItCanBeStored_andRefusedBeyond() {
        assertThat(stored(read("{\"type\":\"a\",\"x\":" + "[".repeat(99) + "]".repeat(99) + "}")))
                .isNotNull();
        assertThat(rejected("{\"type\":\"a\",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}")
                        .reason())
                .isEqualTo(Reason.NOT_JSON);
    }

    @Test
    void batch_isAnArrayOrLines() {
        assertThat(reader.readBatch(bytes("[{\"type\":\"a\"},7]"), 10)).hasSize(2);
        assertThat(reader.readBatch(bytes("{\"type\":\"a\"}\r\n\n{\"type\":\"b\"}"), 10))
                .hasSize(2);
    }

    @Test
    void badLine_doesNotTakeItsNeighboursAlong() {
        var documents = reader.readBatch(bytes("{\"type\":\"a\"}\n{oops\n{\"type\":\"b\"}\n"), 10);
        assertThat(documents).hasSize(3);
        assertThat(documents.get(1)).isInstanceOf(RejectedInput.class);
        assertThat(reader.draft(documents.get(2)).type()).isEqualTo("b");
    }

    @Test
    void batch_thatIsTooLongOrEmpty_isRefused() {
        assertThat(rejectedBatch("[1,2,3]", 2).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(rejectedBatch("[]", 2).reason()).isEqualTo(Reason.NOT_JSON);
        assertThat(rejectedBatch(" \n ", 2).reason()).isEqualTo(Reason.NOT_JSON);
        assertThat(rejectedBatch("[1,", 2).reason()).isEqualTo(Reason.NOT_JSON);
    }

    private Draft read(String body) {
        return reader.read(bytes(body));
    }

    private RejectedInput rejected(String body) {
        return catchThrowableOfType(RejectedInput.class, () -> read(body));
    }

    private RejectedInput rejectedBatch(String body, int maximum) {
        return catchThrowableOfType(RejectedInput.class, () -> reader.readBatch(bytes(body), maximum));
    }

    private static Notification stored(Draft draft) {
        var notification = draft.stamp("01jd4y0000000000000000000a", "test", "t", Priority.NORMAL, Instant.EPOCH);
        return NotificationJson.read(NotificationJson.write(notification));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void type_isDottedLowerCaseAndNothingElse() {
        var dotted = Pattern.compile("[a-z0-9]+(?:[-_.][a-z0-9]+)*");
        var letters = "azb019.-_A/ é";
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            var name = random.ints(1 + random.nextInt(6), 0, letters.length())
                    .mapToObj(at -> letters.substring(at, at + 1))
                    .collect(Collectors.joining());
            assertThat(isTaken(name)).as(name).isEqualTo(dotted.matcher(name).matches());
        }
    }

    private boolean isTaken(String type) {
        try {
            return read("{\"type\":\"" + type + "\"}").type().equals(type);
        } catch (RejectedInput refused) {
            return false;
        }
    }
}
