package dev.mehari.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.sandbox.Inbox;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.sandbox.Request;
import dev.mehari.sandbox.Snowflakes;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The messages of the imitated Discord: made, found, changed, deleted; as they stand in the inbox. */
final class DiscordMessages {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'").withZone(ZoneOffset.UTC);
    private final Inbox inbox;
    private final Snowflakes ids;
    private final Clock clock;

    DiscordMessages(Inbox inbox, Snowflakes ids, Clock clock) {
        this.inbox = inbox;
        this.ids = ids;
        this.clock = clock;
    }

    ObjectNode add(DiscordWebhook webhook, DiscordForm form, Request request) {
        String name = form.payload().path("username").asText("").strip();
        Map<String, String> extra = new LinkedHashMap<>();
        text(form.payload(), "avatar_url").ifPresent(url -> extra.put("avatarUrl", url));
        Optional.ofNullable(request.query().get("thread_id")).ifPresent(thread -> extra.put("thread", thread));
        text(form.payload(), "thread_name").ifPresent(thread -> extra.put("thread", thread));
        InboxMessage message = new InboxMessage(
                ids.next(),
                webhook.channel(),
                DiscordSimulator.NAME,
                clock.instant(),
                name.isEmpty() ? webhook.channel() : name,
                form.payload().path("content").asText("").strip(),
                embeds(form.payload()),
                form.kept(),
                extra,
                InboxMessage.Raw.of(request));
        inbox.add(message);
        return json(webhook, message, form.payload());
    }

    Optional<InboxMessage> find(DiscordWebhook webhook, String id) {
        return inbox.find(id).filter(message -> message.channel().equals(webhook.channel()));
    }

    ObjectNode edit(DiscordWebhook webhook, InboxMessage before, JsonNode payload) {
        String content =
                payload.has("content") ? payload.path("content").asText("").strip() : before.content();
        JsonNode embeds = payload.has("embeds") ? embeds(payload) : before.embeds();
        InboxMessage after = before.edited(content, embeds);
        inbox.replace(after);
        return json(webhook, after, payload).put("edited_timestamp", TIME.format(clock.instant()));
    }

    void remove(InboxMessage message) {
        inbox.removeIf(message::equals);
    }

    ObjectNode json(DiscordWebhook webhook, InboxMessage message, JsonNode payload) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        // A thread is a channel of its own.
        String place = message.extra().getOrDefault("thread", "");
        json.put("id", message.id())
                .put("type", 0)
                .put("channel_id", place.matches("\\d+") ? place : webhook.channelId());
        json.putObject("author")
                .put("id", webhook.id())
                .put("username", message.username())
                .putNull("avatar")
                .put("discriminator", "0000")
                .put("public_flags", 0)
                .put("flags", 0)
                .put("bot", true)
                .putNull("global_name");
        json.put("content", message.content()).set("embeds", message.embeds());
        json.set("attachments", attachments(message));
        Mentions.write(payload, json);
        json.put("timestamp", time(message.at())).putNull("edited_timestamp");
        json.put("tts", payload.path("tts").asBoolean()).put("pinned", false);
        json.put("flags", payload.path("flags").asInt())
                .put("webhook_id", webhook.id())
                .putArray("components");
        return json;
    }

    private ArrayNode attachments(InboxMessage message) {
        ArrayNode attachments = JsonNodeFactory.instance.arrayNode();
        int index = 0;
        for (InboxMessage.File file : message.files()) {
            String url = "/sandbox/api/messages/" + message.id() + "/files/" + index++;
            attachments
                    .addObject()
                    .put("id", ids.next())
                    .put("filename", file.name())
                    .put("size", file.bytes().length)
                    .put("content_type", file.contentType())
                    .put("url", url)
                    .put("proxy_url", url);
        }
        return attachments;
    }

    private static ArrayNode embeds(JsonNode payload) {
        ArrayNode embeds = JsonNodeFactory.instance.arrayNode();
        for (JsonNode embed : payload.path("embeds")) {
            embeds.add(embed.<ObjectNode>deepCopy().put("type", "rich"));
        }
        return embeds;
    }

    private static Optional<String> text(JsonNode payload, String name) {
        return Optional.of(payload.path(name).asText("")).filter(text -> !text.isBlank());
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }
}
