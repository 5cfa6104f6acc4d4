package dev.mehari.delivery.provider;

import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import dev.mehari.notification.Attachment;
import java.util.List;
import java.util.Locale;

/** A card as a small HTML page that mail programs show as it is: inline styles, no script, nothing fetched but its image. */
final class EmailHtml {
    private static final String GREY = "<p style=\"color:#777;font-size:12px\">";
    private final StringBuilder html = new StringBuilder();

    private EmailHtml(Envelope envelope, List<Upload> uploads) {
        Card card = envelope.card();
        String color = String.format(Locale.ROOT, "#%06x", card.color() == null ? 0x999999 : card.color() & 0xFFFFFF);
        html.append(
                        "<!DOCTYPE html>\n<html><body style=\"font-family:sans-serif\">\n<div style=\"border-left:4px solid ")
                .append(color)
                .append(";padding:4px 12px\">\n");
        CardLines.standsIn(envelope).ifPresent(name -> line(GREY, name, "</p>"));
        title(envelope);
        line("<p style=\"white-space:pre-wrap\">", CardLines.said(card.text()), "</p>");
        fields(card);
        image(Upload.image(card.image(), envelope.notification(), uploads));
        envelope.notification().attachments().forEach(this::attachment);
        line(GREY, CardLines.said(card.footer()), "</p>");
        html.append("</div>\n</body></html>\n");
    }

    static String of(Envelope envelope, List<Upload> uploads) {
        return new EmailHtml(envelope, uploads).html.toString();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private void title(Envelope envelope) {
        String link = CardLines.web(envelope.card().link());
        String open = link == null ? "<h2>" : "<h2><a href=\"" + escape(link) + "\">";
        line(open, CardLines.title(envelope), link == null ? "</h2>" : "</a></h2>");
    }

    private void fields(Card card) {
        if (!card.fields().isEmpty()) {
            html.append("<table>\n");
            for (Card.Field field : card.fields()) {
                html.append("<tr><th style=\"text-align:left;vertical-align:top;padding-right:12px\">")
                        .append(escape(field.name()))
                        .append("</th><td style=\"white-space:pre-wrap\">")
                        .append(escape(field.value()))
                        .append("</td></tr>\n");
            }
            html.append("</table>\n");
        }
    }

    private void image(String image) {
        String source = image.replaceFirst("^attachment://", "cid:");
        if (!source.isEmpty()) {
            html.append("<p><img alt=\"\" style=\"max-width:100%\" src=\"")
                    .append(escape(source))
                    .append("\"></p>\n");
        }
    }

    private void attachment(Attachment attachment) {
        String url = CardLines.web(attachment.url());
        if (url != null) {
            line("<p><a href=\"" + escape(url) + "\">", attachment.name(), "</a></p>");
        }
    }

    private void line(String open, String text, String close) {
        if (!text.isEmpty()) {
            html.append(open).append(escape(text)).append(close).append('\n');
        }
    }
}
