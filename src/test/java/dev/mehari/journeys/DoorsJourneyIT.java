package dev.mehari.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.testkit.Caller.Answer;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever programs send to the HTTP door is understood, or refused with a reason; nothing is half accepted. */
class DoorsJourneyIT extends Journey {
    private static final String DOOR = "/api/v1/notifications";
    private static final String NOTE =
            "{\"type\":\"trade.opened\",\"title\":\"Über 1 €\",\"data\":{\"symbol\":\"BTC\"}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "application/json",
                "application/json; charset=utf-8",
                "application/x-www-form-urlencoded",
                "text/plain",
                "text/plain;charset=UTF-8",
                "application/octet-stream",
                "application/vnd.api+json",
                "*/*",
                "nonsense"
            })
    void json_isUnderstoodWhateverItIsCalled(String contentType) {
        Answer answer = caller().post(DOOR, contentType.isEmpty() ? null : contentType, NOTE.getBytes(UTF_8));

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.at("/channels/0")).isEqualTo("trades");
        assertThat(answer.json().at("/duplicate").booleanValue()).isFalse();
        soon().untilAsserted(() -> assertThat(lastBody("trades")).contains("BTC"));
    }

    @ParameterizedTest
    @CsvSource({
        "application/json; charset=ISO-8859-1,ISO-8859-1",
        "text/plain; charset=\"windows-1252\",windows-1252",
        "application/json; charset=utf-16be,UTF-16BE"
    })
    void otherCharsets_areReadAsTheirHeaderSays(String contentType, String charset) {
        String note = "{\"type\":\"journey.charset\",\"title\":\"Über %s\",\"channel\":\"alone\"}".formatted(charset);

        Answer answer = caller().post(DOOR, contentType, note.getBytes(Charset.forName(charset)));

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        soon().untilAsserted(() -> assertThat(titles("alone")).contains("Über " + charset));
    }

    @Test
    void anIdempotencyKeyThatIsTooLong_isRefused_notOverlooked() {
        var answer = caller().notify("{\"type\":\"journey.note\"}", "Idempotency-Key", "k".repeat(257));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("Idempotency-Key");
    }

    @Test
    void aByteOrderMark_isOverlooked() {
        Answer answer = caller().post(DOOR, "application/json", ("\uFEFF" + NOTE).getBytes(UTF_8));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    @Test
    void aRealForm_isRead_withDotsLeadingIntoData() {
        Answer answer = caller().post(
                        DOOR,
                        "application/x-www-form-urlencoded",
                        "type=journey.form&title=Caf%C3%A9+%26+more&channel=alone&data.symbol=BTC&text=a%3Db"
                                .getBytes(UTF_8));

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        soon().untilAsserted(() -> assertThat(titles("alone")).containsExactly("Café & more"));
        assertThat(lastBody("alone")).contains("BTC").contains("a=b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json | {"type":"a.b",}                    | 400 | line 1, column 15
            application/json | {"type":"a.b"} {"type":"c.d"}      | 400 | JSON
            application/json | {"type":"a.b"                      | 400 | line 1
            application/json | hello                              | 400 | line 1
            application/x-www-form-urlencoded | hello             | 400 | neither JSON nor a form
            application/json | ''                                 | 400 | empty
            application/json | null                               | 400 | null
            application/json | "text"                             | 400 | JSON object
            application/json | [{"type":"a.b"}]                   | 400 | /api/v1/notifications/batch
            application/xml  | <type>a.b</type>                   | 415 | application/json
            multipart/form-data; boundary=x | --x--               | 415 | application/json
            application/json; charset=klingon | {"type":"a.b"}    | 415 | UTF-8
            """)
    void whatCannotBeUnderstood_isRefusedWithAReason(String contentType, String body, int status, String reason) {
        Answer answer = caller().post(DOOR, contentType, body.getBytes(UTF_8));

        assertProblem(answer, status);
        assertThat(answer.at("/detail")).contains(reason);
        assertThat(answer.text()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void wrongFields_areAllNamedAtOnce() {
        Answer answer = caller().notify("""
                {"type":"Not A Type","title":7,"priority":"urgentish","data":[1],"expiresAt":"tomorrow",
                 "dedupeKey":true,"attachments":[{"name":"a.txt"},{"content":"?"}]}""");

        assertProblem(answer, 422);
        assertThat(StreamSupport.stream(answer.json().at("/errors").spliterator(), false))
                .extracting(error -> error.path("pointer").asText())
                .containsExactlyInAnyOrder(
                        "/type",
                        "/title",
                        "/priority",
                        "/data",
                        "/expiresAt",
                        "/dedupeKey",
                        "/attachments/0",
                        "/attachments/1");
    }

    @Test
    void aMissingType_andAnUnknownChannel_are422() {
        assertThat(caller().notify("{}").at("/errors/0/pointer")).isEqualTo("/type");

        Answer answer = caller().notify("{\"type\":\"a.b\",\"channel\":\"nowhere\"}");
        assertProblem(answer, 422);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/channel");
    }

    @Test
    void tooLong_is413_whetherItsLengthIsToldOrNot() {
        byte[] longBody = "{\"type\":\"a.b\",\"text\":\"%s\"}"
                .formatted("x".repeat(256 * 1024))
                .getBytes(UTF_8);

        assertProblem(caller().post(DOOR, "application/json", longBody), 413);
        assertProblem(caller().postChunked(DOOR, "application/json", longBody), 413);
    }

    @Test
    void justShortEnough_isTaken_inChunksToo() {
        String frame = "{\"type\":\"journey.long\",\"title\":\"Long\",\"channel\":\"alone\",\"text\":\"%s\"}";
        byte[] body =
                frame.formatted("x".repeat(256 * 1024 - frame.length() + 2)).getBytes(UTF_8);

        assertThat(body).hasSize(256 * 1024);
        assertThat(caller().postChunked(DOOR, "application/json", body).status())
                .isEqualTo(202);
        soon().untilAsserted(() -> assertThat(titles("alone")).containsExactly("Long"));
    }

    @Test
    void withoutTheRightKey_nothingGoesIn() {
        Answer wrong = caller().withKey("wrong-key-wrong-key").notify(NOTE);
        Answer none = caller().withKey("").notify(NOTE);

        assertProblem(wrong, 401);
        assertProblem(none, 401);
        assertThat(none.headers()).containsEntry("WWW-Authenticate", "Bearer");
        assertProblem(
                caller().withKey("")
                        .post(
                                DOOR,
                                "application/json",
                                NOTE.getBytes(UTF_8),
                                "Authorization",
                                "Basic " + caller().key()),
                401);
    }

    @Test
    void unknownPlaces_andWrongMethods_areProblems() {
        assertProblem(caller().get("/api/v1/nothing"), 404);
        assertProblem(caller().get(DOOR + "/"), 404);
        assertThat(caller().get(DOOR + "/batch").status()).isIn(404, 405);
        assertThat(caller().get(DOOR + "/batch").headers()).containsEntry("Content-Type", "application/problem+json");
    }

    @Test
    void aRepeatedKey_isOneDelivery() {
        String note = "{\"type\":\"journey.once\",\"title\":\"Once\",\"channel\":\"alone\"%s}";
        String key = "key-" + System.nanoTime();

        Answer first = caller().notify(note.formatted(""), "Idempotency-Key", key);
        Answer second = caller().notify(note.formatted(""), "Idempotency-Key", key);
        Answer third = caller().notify(note.formatted(",\"dedupeKey\":\"" + key + "\""));

        assertThat(first.json().at("/duplicate").booleanValue()).isFalse();
        for (Answer repeated : List.of(second, third)) {
            assertThat(repeated.status()).isEqualTo(202);
            assertThat(repeated.at("/id")).isEqualTo(first.at("/id"));
            assertThat(repeated.json().at("/duplicate").booleanValue()).isTrue();
            assertThat(repeated.at("/channels/0")).isEqualTo("alone");
        }
        send("alone", "After");
        soon().untilAsserted(() -> assertThat(titles("alone")).containsExactly("Once", "After"));
    }

    @Test
    void callersTraces_areKept() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        String note = "{\"type\":\"a.b\",\"channel\":\"alone\"}";

        assertThat(caller().notify(note, "traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                        .at("/traceId"))
                .isEqualTo(trace);
        assertThat(caller().notify(note, "X-Trace-Id", "abc-123").at("/traceId"))
                .isEqualTo("abc-123");
        assertThat(caller().notify("{\"type\":\"a.b\",\"channel\":\"alone\",\"trace_id\":\"mine\"}")
                        .at("/traceId"))
                .isEqualTo("mine");
        assertThat(caller().notify(note, "X-Trace-Id", "<script>").at("/traceId"))
                .matches("[0-9a-f]{32}");
        assertThat(caller().notify("{", "X-Trace-Id", "abc-124").at("/traceId")).isEqualTo("abc-124");
    }

    @Test
    void aBatch_answersForEachLine_asArrayAndAsNdjson() {
        String array = """
                [{"type":"journey.batch","title":"one","channel":"alone"}, 7, {"title":"no type"},
                 {"type":"journey.batch","title":"two","channel":"alone"}]""";
        String lines = """
                {"type":"journey.batch","title":"three","channel":"alone"}

                {broken
                {"type":"journey.batch","title":"four","channel":"alone"}
                """;

        Answer first = caller().post(DOOR + "/batch", "application/json", array.getBytes(UTF_8));
        Answer second = caller().post(DOOR + "/batch", "application/x-ndjson", lines.getBytes(UTF_8));

        assertThat(first.status()).as(first.text()).isEqualTo(202);
        assertThat(first.json().at("/accepted").intValue()).isEqualTo(2);
        assertThat(first.json().at("/rejected").intValue()).isEqualTo(2);
        assertThat(first.json().at("/results")).hasSize(4);
        assertThat(first.at("/results/1/code")).isEqualTo("not-json");
        assertThat(first.at("/results/2/errors/0/pointer")).isEqualTo("/type");
        assertThat(second.json().at("/accepted").intValue()).isEqualTo(2);
        assertThat(second.at("/results/1/detail")).contains("line");
        soon().untilAsserted(() -> assertThat(titles("alone")).containsExactly("one", "two", "three", "four"));
    }

    @Test
    void aBatchOfMoreThanAThousand_is413_andOfAThousandIsTaken() {
        assertProblem(caller().post(DOOR + "/batch", "application/x-ndjson", many(1001)), 413);

        Answer answer = caller().post(DOOR + "/batch", null, many(1000));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().at("/accepted").intValue()).isEqualTo(1000);
        soon().untilAsserted(() -> assertThat(titles("alone")).isEqualTo(numbered("note", 1, 1000)));
    }

    private static byte[] many(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "{\"type\":\"journey.batch\",\"title\":\"note %d\",\"channel\":\"alone\"}".formatted(i))
                .collect(Collectors.joining("\n"))
                .getBytes(UTF_8);
    }

    private static String lastBody(String channel) {
        assertThat(inbox().messages(channel)).isNotEmpty();
        return inbox().messages(channel).get(0).request().body();
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("code").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(problem.path("traceId").asText()).isNotBlank();
    }
}
