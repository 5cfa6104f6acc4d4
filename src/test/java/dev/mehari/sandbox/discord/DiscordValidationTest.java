package dev.mehari.sandbox.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.sandbox.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscordValidationTest {
    private final DiscordCalls discord = new DiscordCalls(DiscordLimits.none());

    static Stream<Arguments> refusedForms() {
        String length = "BASE_TYPE_MAX_LENGTH";
        return Stream.of(
                arguments("{'content':'" + x(2001) + "'}", "/content", length, "Must be 2000 or fewer in length."),
                arguments(
                        "{'content':['a']}",
                        "/content",
                        "STRING_TYPE_CONVERT",
                        "Could not interpret \"[\"a\"]\" as string."),
                arguments(
                        of("username", ""), "/username", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 80 in length."),
                arguments(
                        of("username", x(81)),
                        "/username",
                        "BASE_TYPE_BAD_LENGTH",
                        "Must be between 1 and 80 in length."),
                arguments(
                        of("username", "My DisCord"),
                        "/username",
                        "USERNAME_INVALID_CONTAINS",
                        "Username cannot contain \"discord\""),
                arguments(
                        of("username", "clyde"),
                        "/username",
                        "USERNAME_INVALID_CONTAINS",
                        "Username cannot contain \"clyde\""),
                arguments(
                        of("username", "Everyone"), "/username", "USERNAME_INVALID", "Username cannot be \"everyone\""),
                arguments(
                        of("avatar_url", "ftp://a/b"),
                        "/avatar_url",
                        "URL_TYPE_INVALID_SCHEME",
                        "Scheme \"ftp\" is not supported. Scheme must be one of ('http', 'https')."),
                arguments(of("avatar_url", "a b"), "/avatar_url", "URL_TYPE_INVALID_URL", "Not a well formed URL."),
                arguments(
                        "{'embeds':[" + times(11, "{'title':'a'}") + "]}",
                        "/embeds",
                        length,
                        "Must be 10 or fewer in length."),
                arguments(
                        "{'embeds':[{}]}",
                        "/embeds/0",
                        "LIST_ITEM_VALUE_REQUIRED",
                        "List item values of ModelType are required"),
                arguments(
                        "{'embeds':[{'color':1}]}",
                        "/embeds/0/description",
                        "BASE_TYPE_REQUIRED",
                        "This field is required"),
                arguments(
                        "{'embeds':['a']}",
                        "/embeds/0",
                        "MODEL_TYPE_CONVERT",
                        "Only dictionaries may be used in a ModelType"),
                arguments(
                        "{'embeds':{'title':'a'}}",
                        "/embeds",
                        "LIST_TYPE_CONVERT",
                        "Only iterables may be used in a ListType"),
                arguments(
                        embed("'title':'" + x(257) + "'"),
                        "/embeds/0/title",
                        length,
                        "Must be 256 or fewer in length."),
                arguments(
                        embed("'description':'" + x(4097) + "'"),
                        "/embeds/0/description",
                        length,
                        "Must be 4096 or fewer in length."),
                arguments(
                        embed("'title':'a','color':16777216"),
                        "/embeds/0/color",
                        "NUMBER_TYPE_MAX",
                        "int value should be less than or equal to 16777215."),
                arguments(
                        embed("'title':'a','color':'#ff0000'"),
                        "/embeds/0/color",
                        "NUMBER_TYPE_COERCE",
                        "Value \"#ff0000\" is not int."),
                arguments(
                        embed("'title':'a','timestamp':'yesterday'"),
                        "/embeds/0/timestamp",
                        "DATE_TIME_TYPE_PARSE",
                        "Could not parse yesterday. Should be ISO8601."),
                arguments(
                        embed("'title':'a','url':'nowhere'"),
                        "/embeds/0/url",
                        "URL_TYPE_INVALID_URL",
                        "Not a well formed URL."),
                arguments(
                        embed("'fields':[{'name':'n'}]"),
                        "/embeds/0/fields/0/value",
                        "BASE_TYPE_REQUIRED",
                        "This field is required"),
                arguments(
                        embed("'fields':[{'name':' ','value':'v'}]"),
                        "/embeds/0/fields/0/name",
                        "BASE_TYPE_REQUIRED",
                        "This field is required"),
                arguments(
                        embed("'fields':[{'name':'n','value':'v'},{'name':'n','value':'" + x(1025) + "'}]"),
                        "/embeds/0/fields/1/value",
                        length,
                        "Must be 1024 or fewer in length."),
                arguments(
                        embed("'fields':[" + times(26, "{'name':'n','value':'v'}") + "]"),
                        "/embeds/0/fields",
                        length,
                        "Must be 25 or fewer in length."),
                arguments(
                        embed("'footer':{'text':'" + x(2049) + "'}"),
                        "/embeds/0/footer/text",
                        length,
                        "Must be 2048 or fewer in length."),
                arguments(
                        embed("'author':{'name':'" + x(257) + "'}"),
                        "/embeds/0/author/name",
                        length,
                        "Must be 256 or fewer in length."),
                arguments(
                        embed("'image':{'url':'attachment://none.png'}"),
                        "/embeds/0/image/url",
                        "ATTACHMENT_NOT_FOUND",
                        "Attachment data not found"),
                arguments(
                        "{'embeds':[{'description':'" + x(4000) + "'},{'description':'" + x(2001) + "'}]}",
                        "/embeds",
                        "MAX_EMBED_SIZE_EXCEEDED",
                        "Embed size exceeds maximum size of 6000"),
                arguments(
                        of("allowed_mentions", null),
                        "/allowed_mentions",
                        "MODEL_TYPE_CONVERT",
                        "Only dictionaries may be used in a ModelType"),
                arguments(
                        "{'content':'a','allowed_mentions':{'parse':['users'],'users':['1']}}",
                        "/allowed_mentions",
                        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                        "parse:[\"users\"] and users: [ids...] are mutually exclusive."),
                arguments(
                        "{'content':'a','allowed_mentions':{'parse':['all']}}",
                        "/allowed_mentions/parse",
                        "BASE_TYPE_CHOICES",
                        "Value must be one of ('roles', 'users', 'everyone')."),
                arguments(
                        "{'content':'a','attachments':[{'id':3}]}",
                        "/attachments/0",
                        "ATTACHMENT_NOT_FOUND",
                        "Attachment data not found"),
                arguments(
                        "{'content':'a','flags':32768}",
                        "/content",
                        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                        "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"));
    }

    @ParameterizedTest
    @MethodSource("refusedForms")
    void form_isRefusedAtItsPath(String form, String path, String code, String message) {
        Answer answer = discord.post(form.replace('\'', '"'));

        assertThat(answer.status()).isEqualTo(400);
        JsonNode body = DiscordCalls.json(answer);
        assertThat(body.path("code").asInt()).isEqualTo(50035);
        assertThat(body.path("message").asText()).isEqualTo("Invalid Form Body");
        JsonNode leaf = body.path("errors").at(path).path("_errors").path(0);
        assertThat(leaf.path("code").asText()).as(answer.text()).isEqualTo(code);
        assertThat(leaf.path("message").asText().replace('\'', '"')).isEqualTo(message.replace('\'', '"'));
        assertThat(discord.inbox.messages()).isEmpty();
    }

    static Stream<String> takenForms() {
        return Stream.of(
                "{'content':'" + x(2000) + "'}",
                "{'content':'  " + x(2000) + "  '}",
                "{'embeds':[" + times(10, "{'title':'a'}") + "]}",
                "{'embeds':[{'description':'" + x(4000) + "'},{'description':'" + x(2000) + "'}]}",
                embed("'title':'" + x(256) + "','description':'" + x(4096) + "'"),
                embed("'fields':[" + times(25, "{'name':'n','value':'v','inline':true}") + "]"),
                embed(
                        "'title':'a','color':16777215,'timestamp':'2026-11-20T08:00:00.123Z','url':'https://example.org'"),
                "{'content':'a','username':'" + x(80) + "','avatar_url':'https://example.org/a.png'}",
                "{'content':'a','username':'There we go'}",
                "{'content':'a','allowed_mentions':{'parse':[]}}",
                "{'content':'a','allowed_mentions':{'parse':['users'],'users':[]}}",
                "{'content':'a','allow_mentions':{'parse':['nonsense']}}",
                "{'content':'a','components':[]}");
    }

    @ParameterizedTest
    @MethodSource("takenForms")
    void form_atTheLimitIsTaken(String form) {
        assertThat(discord.post(form.replace('\'', '"'))).returns(204, Answer::status);
        assertThat(discord.inbox.messages("trades")).hasSize(1);
        assertThat(discord.violations.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"content\":\"  \"}",
                "{\"embeds\":[]}",
                "{\"components\":[{\"type\":1}]}",
                "{\"username\":\"a\"}"
            })
    void emptyMessage_isRefused(String form) {
        Answer answer = discord.post(form);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo("{\"message\":\"Cannot send an empty message\",\"code\":50006}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"content\":\"a\"} x", "{\"content\":NaN}", "{content:1}"})
    void brokenJson_isRefused(String body) {
        assertThat(discord.post(body).text())
                .isEqualTo("{\"message\":\"The request body contains invalid JSON.\",\"code\":50109}");
    }

    @Test
    void contentType_isNeeded() {
        Answer answer = discord.call("POST", discord.webhook.path(10), Map.of(), "{\"content\":\"a\"}".getBytes());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(DiscordCalls.json(answer).path("code").asInt()).isEqualTo(50035);
        assertThat(answer.text()).contains("CONTENT_TYPE_INVALID");
    }

    @Test
    void formEncodedContent_isTaken() {
        Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");

        assertThat(discord.call("POST", discord.webhook.path(10), form, "content=a+b".getBytes())
                        .status())
                .isEqualTo(204);
        assertThat(discord.inbox.messages("trades").getFirst().content()).isEqualTo("a b");
    }

    @Test
    void unversionedAddress_answersAsVersionSix() {
        Answer embeds = discord.call("POST", discord.webhook.path(), "{\"embeds\":[{}]}");
        Answer content = discord.call("POST", discord.webhook.path(), "{\"content\":\"" + x(2001) + "\"}");
        Answer list = discord.call("POST", discord.webhook.path(), "[]");

        assertThat(embeds.text()).isEqualTo("{\"embeds\":[\"0\"]}");
        assertThat(content.text()).isEqualTo("{\"content\":[\"Must be 2000 or fewer in length.\"]}");
        assertThat(list.text()).isEqualTo("{\"_misc\":[\"Only dictionaries may be used in a DictType\"]}");
    }

    @Test
    void multipart_carriesFilesForEmbeds() {
        String body = """
                --b
                Content-Disposition: form-data; name="payload_json"
                Content-Type: application/json

                {"embeds":[{"title":"BTC 1h","image":{"url":"attachment://chart.png"}}],"attachments":[{"id":0,"description":"alt"}]}
                --b
                Content-Disposition: form-data; name="files[0]"; filename="chart.png"
                Content-Type: image/png

                PNG
                bytes
                --b--
                """.replace("\n", "\r\n");
        Answer answer = discord.call(
                "POST",
                discord.webhook.path(10) + "?wait=true",
                Map.of("Content-Type", "multipart/form-data; boundary=b"),
                body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode attachment = DiscordCalls.json(answer).path("attachments").path(0);
        assertThat(attachment.path("filename").asText()).isEqualTo("chart.png");
        var file = discord.inbox.messages("trades").getFirst().files().getFirst();
        assertThat(new String(file.bytes(), StandardCharsets.UTF_8)).isEqualTo("PNG\r\nbytes");
    }

    @Test
    void cutMultipart_isRefused() {
        Map<String, String> type = Map.of("Content-Type", "multipart/form-data; boundary=b");
        byte[] cut = "--b\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\nhi\r\n".getBytes();

        assertThat(discord.call("POST", discord.webhook.path(10), type, cut).text())
                .contains("50109");
    }

    @Test
    void halfCharacter_isTakenButNoted() {
        assertThat(discord.post("{\"content\":\"cut \\ud83d\"}").status()).isEqualTo(204);
        assertThat(discord.violations.all()).extracting("kind").containsExactly("half-character");
    }

    private static String x(int times) {
        return "x".repeat(times);
    }

    private static String of(String name, String value) {
        return "{'content':'a','" + name + "':'" + value + "'}";
    }

    private static String embed(String inside) {
        return "{'embeds':[{" + inside + "}]}";
    }

    private static String times(int count, String json) {
        return IntStream.range(0, count).mapToObj(i -> json).collect(Collectors.joining(","));
    }
}
