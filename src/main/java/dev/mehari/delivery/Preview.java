package dev.mehari.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.mehari.channel.Channel;
import dev.mehari.channel.Channels;
import dev.mehari.content.Card;
import dev.mehari.content.CardRenderer;
import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationJson;
import dev.mehari.security.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Shows what a channel would send for a notification, and sends nothing. Thread-safe. */
public class Preview {
    private final Channels channels;
    private final CardRenderer cards;
    private final Providers providers;
    private final Moves moves;

    Preview(Channels channels, CardRenderer cards, Providers providers, Moves moves) {
        this.channels = channels;
        this.cards = cards;
        this.providers = providers;
        this.moves = moves;
    }

    /**
     * The provider's request, its address and everything secret masked.
     *
     * @param body JSON as such, anything else as text
     */
    public record Request(
            String method, String address, Map<String, String> query, Map<String, String> headers, Object body) {}

    /** A card with the request it becomes. */
    public record Shown(Card card, Request request) {}

    /** @throws dev.mehari.channel.UnknownChannel there is none of this name */
    public Shown of(Notification notification, String name) {
        var channel = moves.current(channels.get(name));
        var card = cards.render(notification, name, channel.provider());
        var request = providers.of(channel).compose(channel, List.of(new Envelope(notification, card, null, false)));
        return new Shown(card, shown(channel, request));
    }

    private static Request shown(Channel channel, ProviderRequest request) {
        var place = channel.sandboxed() ? "the sandbox" : "***";
        return new Request(request.method(), place + request.path(), request.query(), request.headers(), body(request));
    }

    private static Object body(ProviderRequest request) {
        var text = Redaction.mask(new String(request.body(), StandardCharsets.UTF_8));
        try {
            return NotificationJson.MAPPER.readTree(text);
        } catch (JsonProcessingException notJson) {
            return text;
        }
    }
}
