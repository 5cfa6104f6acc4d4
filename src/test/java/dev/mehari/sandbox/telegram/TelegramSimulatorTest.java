package dev.mehari.sandbox.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.Calls;
import dev.mehari.sandbox.Fault;
import dev.mehari.sandbox.Request;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelegramSimulatorTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final Calls telegram = calls(TelegramLimits.none());

    private static Calls calls(TelegramLimits limits) {
        return new Calls(calls -> new TelegramSimulator(limits, calls.inbox, calls.violations, calls.clock));
    }

    @Test
    void message_isTaken() throws Exception {
        Answer answer = send("-1001557912345", "<b>BTC</b> &lt;closed&gt;", "HTML");

        JsonNode result = MAPPER.readTree(answer.body()).path("result");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(result.path("text").asText()).isEqualTo("BTC <closed>");
        assertThat(result.at("/chat/type").asText()).isEqualTo("supergroup");
        assertThat(result.path("message_id").asInt()).isPositive();
        assertThat(telegram.newest().extra()).containsEntry("parseMode", "HTML");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            HTML       | <b>a               | Can't find end tag corresponding to start tag
            HTML       | a < b              | Unclosed start tag at byte offset 2
            HTML       | é<blink>a</blink>  | Unsupported start tag
            HTML       | <b>a</i>           | Unmatched end tag at byte offset 4
            HTML       | a</b>              | Unexpected end tag at byte offset 1
            MarkdownV2 | 1.5                | Character '.' is reserved and must be escaped with the preceding '\\'
            MarkdownV2 | *a                 | Can't find end of Bold entity
            MarkdownV2 | `a                 | Can't find end of Code entity
            Markup     | a                  | unsupported parse_mode
            """)
    void text_thatDoesNotParse_isRefused(String mode, String text, String reason) throws Exception {
        Answer answer = send("1", text, mode);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(MAPPER.readTree(answer.body()).path("description").asText())
                .startsWith("Bad Request: ")
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '%', quoteCharacter = '"', textBlock = """
            HTML       % <a href="x">l</a> <i><u>n</u></i> a & b &#39; % l n a & b '
            MarkdownV2 % *b* _i_ __u__ ||s|| [t](http://x/\\)) 1\\.5 `c.c` % b i u s t 1.5 c.c
            """)
    void text_isWhatRemainsAfterItsMarkup(String mode, String text, String plain) throws Exception {
        assertThat(MAPPER.readTree(send("1", text, mode).body())
                        .at("/result/text")
                        .asText())
                .isEqualTo(plain);
    }

    @Test
    void length_countsAfterParsing() throws Exception {
        assertThat(send("1", "<b>" + "x".repeat(4096) + "</b>", "HTML").status())
                .isEqualTo(200);
        assertThat(send("1", "x".repeat(4097), "").text()).contains("Bad Request: message is too long");
        assertThat(send("1", "<b> </b>", "HTML").text()).contains("Bad Request: message text is empty");
    }

    @ParameterizedTest
    @CsvSource({"'', chat_id is empty", "0, chat not found", "nobody, chat not found", "@ab, chat not found"})
    void chat_mustBeOne(String chat, String reason) throws Exception {
        assertThat(send(chat, "a", "").text()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bot1:short/sendMessage", "/nothing", "/"})
    void wrongPath_isNotFound(String path) {
        assertThat(telegram.json(path, "{}").status()).isEqualTo(404);
    }

    @Test
    void unknownTokensAndMethods_areRefused() {
        assertThat(telegram.json("/bot1:" + "x".repeat(35) + "/sendMessage", "{}")
                        .status())
                .isEqualTo(401);
        assertThat(telegram.json(telegram.path + "/sendPigeon", "{}").text()).contains("method not found");
        assertThat(telegram.json(telegram.path + "/GETME", "{}").text()).contains("\"is_bot\":true");
    }

    @Test
    void photo_comesWithItsCaption() {
        Answer photo = upload("sendPhoto", "chat_id", "1", "caption", "x".repeat(1024));

        assertThat(photo.status()).as(photo.text()).isEqualTo(200);
        assertThat(telegram.newest().files()).hasSize(1);
        assertThat(upload("sendPhoto", "chat_id", "1", "caption", "x".repeat(1025))
                        .text())
                .contains("caption is too long");
        assertThat(telegram.json(telegram.path + "/sendPhoto", "{\"chat_id\":1}")
                        .text())
                .contains("no photo in the request");
    }

    @Test
    void album_hasTwoToTenItems() {
        String item = "{\"type\":\"photo\",\"media\":\"attach://photo\"}";
        assertThat(upload("sendMediaGroup", "chat_id", "1", "media", "[" + item + "," + item + "]")
                        .status())
                .isEqualTo(200);
        assertThat(upload("sendMediaGroup", "chat_id", "1", "media", "[" + item + "]")
                        .status())
                .isEqualTo(400);
        assertThat(upload(
                                "sendMediaGroup",
                                "chat_id",
                                "1",
                                "media",
                                "[" + item + "," + item.replace("photo\"}", "x\"}") + "]")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void album_ofDocuments_holdsNothingElse() {
        String items = "[{\"type\":\"photo\",\"media\":\"attach://photo\"},{\"type\":\"document\",\"media\":\"x\"}]";
        assertThat(upload("sendMediaGroup", "chat_id", "1", "media", items).text())
                .contains("can't be mixed");
    }

    @Test
    void photo_mustBeAPicture() {
        byte[] body = ("--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\r\n"
                        + "text\r\n--b--\r\n")
                .getBytes();
        Map<String, String> form = Map.of("Content-Type", "multipart/form-data; boundary=b");
        Request request = Request.of("POST", telegram.path + "/sendPhoto?chat_id=1", form, body, "");
        assertThat(telegram.simulator.answer(request).text()).contains("IMAGE_PROCESS_FAILED");
    }

    @Test
    void groups_takeTwentyAMinute() throws Exception {
        Calls limited = calls(TelegramLimits.real());
        for (int i = 0; i < 20; i++) {
            assertThat(limited.json(limited.path + "/sendMessage", "{\"chat_id\":-5,\"text\":\"a\"}")
                            .status())
                    .isEqualTo(200);
            limited.clock.advance(Duration.ofSeconds(1));
        }
        Answer answer = limited.json(limited.path + "/sendMessage", "{\"chat_id\":-5,\"text\":\"a\"}");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsEntry("Retry-After", "40");
        assertThat(answer.text())
                .isEqualTo("{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after"
                        + " 40\",\"parameters\":{\"retry_after\":40}}");
        assertThat(limited.json(limited.path + "/sendMessage", "{\"chat_id\":5,\"text\":\"a\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void migratedGroup_isFoundUnderItsNewNumber() {
        Fault fault = Fault.migrated(-1001557912345L);
        assertThat(telegram.simulator.fail(message("-5"), fault).text())
                .contains("upgraded to a supergroup chat")
                .contains("\"migrate_to_chat_id\":-1001557912345");
        assertThat(telegram.simulator.fail(message("-1001557912345"), fault).status())
                .isEqualTo(200);
    }

    private Request message(String chat) {
        byte[] body = ("chat_id=" + chat + "&text=a").getBytes();
        Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");
        return Request.of("POST", telegram.path + "/sendMessage", form, body, "");
    }

    private Answer send(String chat, String text, String mode) throws Exception {
        String body = MAPPER.writeValueAsString(Map.of("chat_id", chat, "text", text, "parse_mode", mode));
        return telegram.json(telegram.path + "/sendMessage", body);
    }

    private Answer upload(String method, String... fields) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append("--b\r\nContent-Disposition: form-data; name=\"")
                    .append(fields[i])
                    .append("\"\r\n\r\n")
                    .append(fields[i + 1])
                    .append("\r\n");
        }
        body.append(
                "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\r\nGIF89a\r\n--b--\r\n");
        return telegram.call(
                "POST",
                telegram.path + "/" + method,
                Map.of("Content-Type", "multipart/form-data; boundary=b"),
                body.toString());
    }
}
