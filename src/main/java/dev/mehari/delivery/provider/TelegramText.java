package dev.mehari.delivery.provider;

import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A card as lines of Telegram HTML. Telegram counts the text after its entities are parsed, in UTF-16 units, so the cut is
 * made before the escape and can part neither a tag nor an entity.
 */
final class TelegramText {
    private record Piece(String open, String text, String close) {
        String html() {
            return open + TelegramHtml.escape(text) + close;
        }
    }

    private final List<List<Piece>> lines = new ArrayList<>();
    private final String note;

    TelegramText(Envelope envelope) {
        this(envelope, List.of());
    }

    /** @param sent the files that go along */
    TelegramText(Envelope envelope, List<Upload> sent) {
        this.note = Cut.note(envelope);
        Card card = envelope.card();
        CardLines.standsIn(envelope).ifPresent(name -> line(new Piece("<i>", name, "</i>")));
        line(title(envelope));
        add("", card.text(), "");
        for (Card.Field field : card.fields()) {
            line(
                    new Piece("<b>", TelegramHtml.silence(field.name().strip()) + ":", "</b>"),
                    new Piece("", " " + TelegramHtml.silence(field.value().strip()), ""));
        }
        CardLines.attachments(envelope, sent).forEach(each -> add("", each, ""));
        add("<i>", card.footer(), "</i>");
    }

    private static Piece title(Envelope envelope) {
        String title = TelegramHtml.silence(CardLines.title(envelope));
        return Optional.ofNullable(CardLines.web(envelope.card().link()))
                .map(link -> new Piece("<b><a href=\"" + TelegramHtml.attribute(link) + "\">", title, "</a></b>"))
                .orElseGet(() -> new Piece("<b>", title, "</b>"));
    }

    /** What Telegram will count. */
    int length() {
        return lines.stream()
                        .flatMap(List::stream)
                        .mapToInt(piece -> piece.text().length())
                        .sum()
                + lines.size()
                - 1;
    }

    /** The whole text when it fits, else as much as leaves room for the note. */
    String html(int limit) {
        StringBuilder html = new StringBuilder();
        int left = length() <= limit ? limit : limit - note.length();
        for (List<Piece> line : lines) {
            left -= html.isEmpty() ? 0 : 1;
            for (Piece piece : line) {
                if (piece.text().length() > left) {
                    Piece rest = new Piece(
                            piece.open(), Cut.to(Math.max(0, left), piece.text(), Cut.PLAIN, ""), piece.close());
                    return html + (rest.text().isEmpty() ? "" : between(html, line, piece) + rest.html()) + note;
                }
                html.append(between(html, line, piece)).append(piece.html());
                left -= piece.text().length();
            }
        }
        return html.toString();
    }

    private static String between(CharSequence html, List<Piece> line, Piece piece) {
        return html.isEmpty() || line.getFirst() != piece ? "" : "\n";
    }

    private void add(String open, @Nullable String text, String close) {
        String said = CardLines.said(text);
        if (!said.isEmpty()) {
            line(new Piece(open, TelegramHtml.silence(said), close));
        }
    }

    private void line(Piece... pieces) {
        lines.add(List.of(pieces));
    }
}
