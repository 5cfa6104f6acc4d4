package dev.mehari.delivery.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.channel.Channel;
import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import dev.mehari.notification.Attachment;
import dev.mehari.notification.Notification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a generic webhook receives: the notification as it came in, or its rendered card. */
final class WebhookBody {
    /** Of the last try, in which nothing but short text is left. */
    private static final int PLAIN = 1000;

    private WebhookBody() {}

    static ObjectNode of(Channel channel, Envelope envelope, boolean asCard) {
        ObjectNode json = head(channel, envelope);
        if (envelope.plain()) {
            return plain(json, envelope);
        }
        return asCard ? json.set("card", card(envelope.card())) : notification(json, envelope.notification());
    }

    private static ObjectNode head(Channel channel, Envelope envelope) {
        Notification notification = envelope.notification();
        ObjectNode json = Json.object()
                .put("id", notification.id())
                .put("type", notification.type())
                .put("priority", notification.priority().toString())
                .put("source", notification.source())
                .put("traceId", notification.traceId())
                .put("createdAt", notification.createdAt().toString())
                .put("channel", channel.name());
        put(json, "divertedFrom", envelope.divertedFrom());
        put(json, "recipient", notification.recipient());
        return json;
    }

    private static ObjectNode notification(ObjectNode json, Notification notification) {
        put(json, "title", notification.title());
        put(json, "text", notification.text());
        json.putPOJO("data", notification.data());
        put(json, "dedupeKey", notification.dedupeKey());
        put(json, "expiresAt", notification.expiresAt());
        if (!notification.attachments().isEmpty()) {
            ArrayNode attachments = json.putArray("attachments");
            notification.attachments().forEach(attachment -> attachments.add(attachment(attachment)));
        }
        return json;
    }

    private static ObjectNode attachment(Attachment attachment) {
        ObjectNode json = Json.object().put("name", attachment.name()).put("contentType", attachment.contentType());
        put(json, "url", attachment.url());
        if (attachment.content() != null) {
            json.put("content", attachment.content());
        }
        return json;
    }

    private static ObjectNode card(Card card) {
        ObjectNode json = Json.object();
        put(json, "title", card.title());
        put(json, "text", card.text());
        if (card.color() != null) {
            json.put("color", card.color());
        }
        ArrayNode fields = json.putArray("fields");
        for (Card.Field field : card.fields()) {
            fields.addObject()
                    .put("name", field.name())
                    .put("value", field.value())
                    .put("inline", field.inline());
        }
        put(json, "link", card.link());
        put(json, "image", card.image());
        put(json, "footer", card.footer());
        put(json, "timestamp", card.timestamp());
        return json;
    }

    private static ObjectNode plain(ObjectNode json, Envelope envelope) {
        String text = String.join("\n", CardLines.body(envelope, List.of()));
        return json.put("title", Cut.to(PLAIN, CardLines.title(envelope)))
                .put("text", Cut.to(PLAIN, text, Cut.PLAIN, Cut.note(envelope)));
    }

    private static void put(ObjectNode json, String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value.toString());
        }
    }
}
