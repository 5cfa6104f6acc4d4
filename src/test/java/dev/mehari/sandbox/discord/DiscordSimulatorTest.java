package dev.mehari.sandbox.discord;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.Snowflakes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscordSimulatorTest {
    private static final String HELLO = "{\"content\":\"hello\",\"username\":\"Bot\"}";
    private final DiscordCalls discord = new DiscordCalls(DiscordLimits.none());

    @Test
    void wait_answersWithTheMessage() {
        JsonNode message = DiscordCalls.json(discord.call("POST", discord.webhook.path(10) + "?wait=true", HELLO));

        assertThat(message.path("content").asText()).isEqualTo("hello");
        assertThat(message.path("author").path("username").asText()).isEqualTo("Bot");
        assertThat(message.path("webhook_id").asText()).isEqualTo(discord.webhook.id());
        assertThat(message.path("channel_id").asText()).isEqualTo(discord.webhook.channelId());
        assertThat(message.path("timestamp").asText()).isEqualTo("2026-11-20T08:00:00.000000+00:00");
        assertThat(Snowflakes.made(message.path("id").asText())).isEqualTo(discord.clock.instant());
        assertThat(discord.inbox.messages("trades").getFirst().id())
                .isEqualTo(message.path("id").asText());
    }

    @Test
    void get_tellsTheChannel() {
        JsonNode webhook = DiscordCalls.json(discord.call("GET", discord.webhook.path(10), ""));

        assertThat(webhook.path("type").asInt()).isEqualTo(1);
        assertThat(webhook.path("channel_id").asText()).isEqualTo(discord.webhook.channelId());
    }

    @Test
    void message_isEditedAndDeleted() {
        String path = discord.webhook.path(10);
        String id = DiscordCalls.json(discord.call("POST", path + "?wait=true", HELLO))
                .path("id")
                .asText();
        String message = path + "/messages/" + id;

        JsonNode edited = DiscordCalls.json(discord.call("PATCH", message, "{\"content\":\"bye\"}"));
        assertThat(edited.path("content").asText()).isEqualTo("bye");
        assertThat(edited.path("edited_timestamp").isNull()).isFalse();
        assertThat(discord.inbox.messages("trades")).extracting("content").containsExactly("bye");
        assertThat(discord.call("PATCH", message, "{\"content\":\"" + "x".repeat(2001) + "\"}")
                        .status())
                .isEqualTo(400);

        assertThat(discord.call("DELETE", message, "").status()).isEqualTo(204);
        assertThat(discord.inbox.messages("trades")).isEmpty();
        assertThat(discord.call("PATCH", message, "{\"content\":\"bye\"}").text())
                .contains("10008");
    }

    @Test
    void deletedWebhook_isUnknownFromThenOn() {
        discord.call("DELETE", discord.webhook.path(10), "");
        Answer answer = discord.post(HELLO);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEqualTo("{\"message\":\"Unknown Webhook\",\"code\":10015}");
        assertThat(discord.violations.all()).extracting("kind").containsExactly("unknown-webhook");
    }

    @Test
    void wrongToken_isRefused() {
        Answer answer = discord.call("POST", discord.webhook.path(10) + "x", HELLO);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).isEqualTo("{\"message\":\"Invalid Webhook Token\",\"code\":50027}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v5/webhooks/1/a", "/api/v11/webhooks/1/a", "/api/webhooks/1", "/", "/api/v10/channels/1"})
    void otherRoutes_areNotFound(String path) {
        Answer answer = discord.call("POST", path, HELLO);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEqualTo("{\"message\":\"404: Not Found\",\"code\":0}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "Mozilla/5.0 (X11; Linux x86_64)"})
    void badUserAgent_isRefusedFirst(String agent) {
        Answer answer = discord.call(
                "POST",
                "/api/v10/webhooks/1/a",
                Map.of("User-Agent", agent, "Content-Type", "application/json"),
                new byte[0]);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).isEqualTo("{\"message\":\"internal network error\",\"code\":40333}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"content":"@everyone <@1> <@&2>"}                                            | false | 1 | 0
            {"content":"@everyone <@1> <@&2>","allowed_mentions":{"parse":[]}}            | false | 0 | 0
            {"content":"@here","allowed_mentions":{"parse":["everyone"]}}                 | true  | 0 | 0
            {"content":"<@1> <@3> <@&2>","allowed_mentions":{"users":["1"],"roles":["2"]}} | false | 1 | 1
            """)
    void mentions_callWhomTheyMay(String form, boolean everyone, int users, int roles) {
        JsonNode message = DiscordCalls.json(discord.call("POST", discord.webhook.path(10) + "?wait=true", form));

        assertThat(message.path("mention_everyone").asBoolean()).isEqualTo(everyone);
        assertThat(message.path("mentions").size()).isEqualTo(users);
        assertThat(message.path("mention_roles").size()).isEqualTo(roles);
    }

    @Test
    void forum_needsAThread() {
        DiscordWebhook forum =
                discord.discord.register(DiscordWebhook.of("forum").asForum());

        assertThat(discord.call("POST", forum.path(10), HELLO).text()).contains("220001");
        assertThat(discord.call("POST", forum.path(10) + "?thread_id=1", HELLO).status())
                .isEqualTo(204);
        assertThat(discord.call("POST", forum.path(10) + "?thread_id=1", "{\"content\":\"a\",\"thread_name\":\"t\"}")
                        .text())
                .contains("220002");
        assertThat(discord.post("{\"content\":\"a\",\"thread_name\":\"t\"}").text())
                .contains("220003");
    }
}
