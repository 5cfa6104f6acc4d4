package dev.mehari.delivery.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A card as Slack blocks, within the limits of Block Kit. */
final class SlackBlocks {
    /** Of one message. */
    static final int MOST = 50;

    private static final int HEADER = 150;
    private static final int SECTION = 3000;
    /** A longer text is cut: a chat is no place for a book. */
    private static final int TEXT_SECTIONS = 5;

    private static final int FIELD = 2000;
    private static final int FIELDS = 10;
    private static final int FIELD_SECTIONS = 5;
    private static final int ADDRESS = 2000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final List<ObjectNode> blocks = new ArrayList<>();

    private SlackBlocks(Envelope envelope) {
        Card card = envelope.card();
        CardLines.standsIn(envelope).ifPresent(this::context);
        title(envelope);
        boolean all = card.fields().size() <= FIELDS * FIELD_SECTIONS;
        text(envelope, all ? "" : Cut.note(envelope));
        for (int from = 0; from < Math.min(card.fields().size(), FIELDS * FIELD_SECTIONS); from += FIELDS) {
            fields(card.fields()
                    .subList(from, Math.min(from + FIELDS, card.fields().size())));
        }
        String image = CardLines.web(card.image());
        if (image != null) {
            block("image").put("image_url", image).put("alt_text", Cut.to(FIELD, CardLines.title(envelope)));
        }
        footer(card);
    }

    static List<ObjectNode> of(Envelope envelope) {
        return new SlackBlocks(envelope).blocks;
    }

    /** A heading, or a link in bold: a heading cannot be clicked. */
    private void title(Envelope envelope) {
        String title = SlackText.cut(HEADER, SlackText.escape(CardLines.title(envelope)), "…");
        String link = CardLines.web(envelope.card().link());
        if (link == null || link.length() > ADDRESS) {
            text(block("header"), "plain_text", title);
        } else {
            text(block("section"), "mrkdwn", "*" + SlackText.link(link, title) + "*");
        }
    }

    private void text(Envelope envelope, String note) {
        List<String> lines = new ArrayList<>();
        String said = CardLines.said(envelope.card().text());
        if (!said.isEmpty()) {
            lines.add(said);
        }
        lines.addAll(CardLines.attachments(envelope, List.of()));
        String escaped = SlackText.escape(String.join("\n", lines));
        SlackText.sections(SECTION, TEXT_SECTIONS, escaped + note, Cut.note(envelope)).stream()
                .filter(section -> !section.isEmpty())
                .forEach(section -> text(block("section"), "mrkdwn", section));
    }

    private void fields(List<Card.Field> fields) {
        ArrayNode written = block("section").putArray("fields");
        for (Card.Field field : fields) {
            String name =
                    SlackText.escape(field.name().replaceAll("[*\\s]+", " ").strip());
            String text = (name.isEmpty() ? "" : "*" + name + "*\n")
                    + SlackText.escape(field.value().strip());
            written.addObject()
                    .put("type", "mrkdwn")
                    .put("text", text.isEmpty() ? "-" : SlackText.cut(FIELD, text, "… (cut)"));
        }
    }

    private void footer(Card card) {
        String footer = CardLines.said(card.footer());
        String time = card.timestamp() == null ? "" : TIME.format(card.timestamp());
        String both = footer.isEmpty() || time.isEmpty() ? footer + time : footer + " · " + time;
        if (!both.isEmpty()) {
            context(both);
        }
    }

    private void context(String text) {
        ObjectNode element = block("context").putArray("elements").addObject();
        element.put("type", "mrkdwn").put("text", SlackText.cut(FIELD, SlackText.escape(text), "…"));
    }

    private static void text(ObjectNode block, String type, String text) {
        block.putObject("text").put("type", type).put("text", text);
    }

    private ObjectNode block(String type) {
        ObjectNode block = Json.object().put("type", type);
        blocks.add(block);
        return block;
    }
}
