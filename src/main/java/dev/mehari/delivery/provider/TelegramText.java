package dev.mehari.delivery.provider;

import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A card as Telegram shows it: plain text, and which stretches of it stand between tags. Telegram counts the text after
 * its entities are parsed, in UTF-16 units, so it is cut before the escape: no cut can part an entity, and a tag that is
 * open at a cut is closed there and opened again behind it.
 */
final class TelegramText {
    private record Span(int from, int to, String open, String close) {}

    private final StringBuilder text = new StringBuilder();
    private final List<Span> spans = new ArrayList<>();
    private final int heading;

    TelegramText(Envelope envelope) {
        this(envelope, List.of());
    }

    /** @param sent the files that go along */
    TelegramText(Envelope envelope, List<Upload> sent) {
        Card card = envelope.card();
        CardLines.standsIn(envelope).ifPresent(name -> line(name, "<i>", "</i>"));
        title(TelegramHtml.silence(CardLines.title(envelope)), CardLines.web(card.link()));
        heading = text.length();
        add(card.text(), "", "");
        for (Card.Field field : card.fields()) {
            line(TelegramHtml.silence(field.name().strip()) + ":", "<b>", "</b>");
            text.append(' ').append(TelegramHtml.silence(field.value().strip()));
        }
        CardLines.attachments(envelope, sent).forEach(each -> add(each, "", ""));
        add(card.footer(), "<i>", "</i>");
    }

    private void title(String title, @Nullable String link) {
        if (link == null) {
            line(title, "<b>", "</b>");
        } else {
            line(title, "<b><a href=\"" + TelegramHtml.attribute(link) + "\">", "</a></b>");
        }
    }

    private void add(@Nullable String said, String open, String close) {
        String shown = CardLines.said(said);
        if (!shown.isEmpty()) {
            line(TelegramHtml.silence(shown), open, close);
        }
    }

    private void line(String line, String open, String close) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        if (!open.isEmpty()) {
            spans.add(new Span(text.length(), text.length() + line.length(), open, close));
        }
        text.append(line);
    }

    /** What Telegram will count. */
    int length() {
        return text.length();
    }

    /** Where the first lines end: for whom it stands in, and the title. */
    int heading() {
        return heading;
    }

    String plain() {
        return text.toString();
    }

    String plain(int from, int to) {
        return text.substring(from, to);
    }

    String html() {
        return html(0, text.length());
    }

    /** A stretch of it, with all its tags closed. */
    String html(int from, int to) {
        StringBuilder html = new StringBuilder();
        int at = from;
        for (Span span : spans) {
            int start = Math.max(span.from(), at);
            int end = Math.min(span.to(), to);
            if (start < end) {
                html.append(TelegramHtml.escape(text.substring(at, start)))
                        .append(span.open())
                        .append(TelegramHtml.escape(text.substring(start, end)))
                        .append(span.close());
                at = end;
            }
        }
        return html.append(TelegramHtml.escape(text.substring(at, to))).toString();
    }
}
