package dev.mehari.delivery.provider;

import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import dev.mehari.notification.Attachment;
import dev.mehari.notification.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A card as plain lines, for where nothing richer is wanted: the fallback text, the last try, a phone's notification. */
final class CardLines {
    private CardLines() {}

    /** For whom the copy stands in, title, text, fields, links, footer: each on a line of its own, nothing escaped. */
    static List<String> of(Envelope envelope) {
        List<String> lines = new ArrayList<>();
        standsIn(envelope).ifPresent(channel -> lines.add("[" + channel + "]"));
        lines.add(title(envelope));
        lines.addAll(body(envelope));
        add(lines, web(envelope.card().link()));
        add(lines, web(envelope.card().image()));
        return lines;
    }

    /** Text, fields, attachments and footer. */
    static List<String> body(Envelope envelope) {
        Card card = envelope.card();
        List<String> lines = new ArrayList<>();
        add(lines, card.text());
        for (Card.Field field : card.fields()) {
            add(lines, field.name() + ": " + field.value());
        }
        for (Attachment attachment : envelope.notification().attachments()) {
            add(lines, attachment(attachment));
        }
        add(lines, card.footer());
        return lines;
    }

    /** "for channel trades" when another channel could not take it. */
    static Optional<String> standsIn(Envelope envelope) {
        return Optional.ofNullable(envelope.divertedFrom()).map(channel -> "for channel " + channel);
    }

    /** The card's title, else the notification's type: a message without a name is hard to speak about. */
    static String title(Envelope envelope) {
        String title = said(envelope.card().title());
        String named = title.isEmpty() ? envelope.notification().type() : title;
        return envelope.notification().priority() == Priority.CRITICAL ? "⚠ " + named : named;
    }

    /** The attachment's address, or where its bytes can be found. */
    static String attachment(Attachment attachment) {
        String url = web(attachment.url());
        return attachment.name() + ": " + (url == null ? "in the history" : url);
    }

    /** The address when a browser would open it, else null: no {@code javascript:}, no spaces, no half addresses. */
    static @Nullable String web(@Nullable String address) {
        return address != null && address.length() <= 2048 && address.matches("https?://[^\\s<>\"]+") ? address : null;
    }

    /** The text without white space around it; empty when there is none. */
    static String said(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    private static void add(List<String> lines, @Nullable String line) {
        String said = said(line);
        if (!said.isEmpty()) {
            lines.add(said);
        }
    }
}
