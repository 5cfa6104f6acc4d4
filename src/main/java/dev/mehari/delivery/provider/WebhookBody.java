package dev.mehari.delivery.provider;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.mehari.channel.Channel;
import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import dev.mehari.notification.Attachment;
import dev.mehari.notification.Notification;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a generic webhook receives: the notification as it came in, or its rendered card. */
final class WebhookBody {
    /** Of the last try, in which nothing but short text is left. */
    private static final int PLAIN = 1000;

    private WebhookBody() {}

    static byte[] of(Channel channel, Envelope envelope, boolean asCard) {
        return Json.bytes(json -> {
            json.writeStartObject();
            head(json, channel, envelope);
            if (envelope.plain()) {
                plain(json, envelope);
            } else if (asCard) {
                card(json, envelope.card());
            } else {
                notification(json, envelope.notification());
            }
            json.writeEndObject();
        });
    }

    private static void head(JsonGenerator json, Channel channel, Envelope envelope) throws IOException {
        Notification notification = envelope.notification();
        json.writeStringField("id", notification.id());
        json.writeStringField("type", notification.type());
        json.writeStringField("priority", notification.priority().toString());
        json.writeStringField("source", notification.source());
        json.writeStringField("traceId", notification.traceId());
        json.writeStringField("createdAt", notification.createdAt().toString());
        json.writeStringField("channel", channel.name());
        write(json, "divertedFrom", envelope.divertedFrom());
        write(json, "recipient", notification.recipient());
    }

    private static void notification(JsonGenerator json, Notification notification) throws IOException {
        write(json, "title", notification.title());
        write(json, "text", notification.text());
        json.writePOJOField("data", notification.data());
        write(json, "dedupeKey", notification.dedupeKey());
        write(json, "expiresAt", notification.expiresAt());
        if (!notification.attachments().isEmpty()) {
            json.writeArrayFieldStart("attachments");
            for (Attachment attachment : notification.attachments()) {
                attachment(json, attachment);
            }
            json.writeEndArray();
        }
    }

    private static void attachment(JsonGenerator json, Attachment attachment) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", attachment.name());
        json.writeStringField("contentType", attachment.contentType());
        write(json, "url", attachment.url());
        if (attachment.content() != null) {
            json.writeBinaryField("content", attachment.content());
        }
        json.writeEndObject();
    }

    private static void card(JsonGenerator json, Card card) throws IOException {
        json.writeObjectFieldStart("card");
        write(json, "title", card.title());
        write(json, "text", card.text());
        if (card.color() != null) {
            json.writeNumberField("color", card.color());
        }
        json.writeArrayFieldStart("fields");
        for (Card.Field field : card.fields()) {
            json.writeStartObject();
            json.writeStringField("name", field.name());
            json.writeStringField("value", field.value());
            json.writeBooleanField("inline", field.inline());
            json.writeEndObject();
        }
        json.writeEndArray();
        write(json, "link", card.link());
        write(json, "image", card.image());
        write(json, "footer", card.footer());
        write(json, "timestamp", card.timestamp());
        json.writeEndObject();
    }

    private static void plain(JsonGenerator json, Envelope envelope) throws IOException {
        String text = String.join("\n", CardLines.body(envelope, List.of()));
        json.writeStringField("title", Cut.to(PLAIN, CardLines.title(envelope)));
        json.writeStringField("text", Cut.to(PLAIN, text, Cut.PLAIN, Cut.note(envelope)));
    }

    private static void write(JsonGenerator json, String key, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(key, value.toString());
        }
    }
}
