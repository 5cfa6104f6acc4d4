package dev.mehari.sandbox.discord;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.sandbox.Snowflakes;

/**
 * A webhook of the imitated Discord. Immutable.
 *
 * @param channel Mehari's channel it stands for, which names its inbox
 * @param channelId the Discord channel it writes into; webhooks with the same one share a limit
 * @param forum whether that is a forum, where each message needs a thread
 */
public record DiscordWebhook(String id, String token, String channel, String channelId, boolean forum) {

    /** The one webhook of that name, in a Discord channel of its own. */
    public static DiscordWebhook of(String channel) {
        return in(channel, channel);
    }

    /** A webhook that shares its Discord channel, and so its hidden limit, with others. */
    public static DiscordWebhook in(String channel, String discordChannel) {
        return new DiscordWebhook(
                Snowflakes.of("webhook " + channel),
                Snowflakes.token(channel),
                channel,
                Snowflakes.of("channel " + discordChannel),
                false);
    }

    public DiscordWebhook asForum() {
        return new DiscordWebhook(id, token, channel, channelId, true);
    }

    /** As the Discord client copies it: without a version. */
    public String path() {
        return "/api/webhooks/" + id + "/" + token;
    }

    public String path(int version) {
        return "/api/v" + version + "/webhooks/" + id + "/" + token;
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("type", 1)
                .put("name", channel)
                .putNull("avatar")
                .put("channel_id", channelId)
                .put("guild_id", Snowflakes.of("guild"))
                .putNull("application_id")
                .put("token", token);
    }
}
