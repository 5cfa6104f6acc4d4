package dev.mehari.delivery.provider;

import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import dev.mehari.notification.Attachment;
import dev.mehari.notification.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A card as plain lines, for where nothing richer is wanted: the fallback text, the last try, a phone's notification. */
final class CardLines {
    private static final Pattern WEB = Pattern.compile("https?://[^\\s<>\"]+");

    private CardLines() {}

    /** For whom the copy stands in, title, text, fields, links, footer: each on a line of its own, nothing escaped. */
    static List<String> of(Envelope envelope) {
        return of(envelope, List.of());
    }

    /** @param sent the files that go along, so that nobody is told to look for them elsewhere */
    static List<String> of(Envelope envelope, List<Upload> sent) {
        List<String> lines = new ArrayList<>();
        standsIn(envelope).ifPresent(channel -> lines.add("[" + channel + "]"));
        lines.add(title(envelope));
        lines.addAll(body(envelope, sent));
        add(lines, web(envelope.card().link()));
        add(lines, web(envelope.card().image()));
        return lines;
    }

    /** Text, fields, attachments that are not sent along, and footer. */
    static List<String> body(Envelope envelope, List<Upload> sent) {
        Card card = envelope.card();
        List<String> lines = new ArrayList<>();
        add(lines, card.text());
        for (Card.Field field : card.fields()) {
            add(lines, field.name() + ": " + field.value());
        }
        attachments(envelope, sent).forEach(line -> add(lines, line));
        add(lines, card.footer());
        return lines;
    }

    /** A line for each attachment that is not sent along. */
    static List<String> attachments(Envelope envelope, List<Upload> sent) {
        return envelope.notification().attachments().stream()
                .filter(attachment -> sent.stream().noneMatch(upload -> upload.carries(attachment)))
                .map(CardLines::attachment)
                .toList();
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
    private static String attachment(Attachment attachment) {
        String url = web(attachment.url());
        return attachment.name() + ": " + (url == null ? "in the history" : url);
    }

    /** The address when a browser would open it, else null: no {@code javascript:}, no spaces, no half addresses. */
    static @Nullable String web(@Nullable String address) {
        return address != null
                        && address.length() <= 2048
                        && WEB.matcher(address).matches()
                ? address
                : null;
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
