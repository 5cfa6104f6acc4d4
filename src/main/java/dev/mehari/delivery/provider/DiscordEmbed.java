package dev.mehari.delivery.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A card as a Discord embed, within Discord's limits (developers/resources/message.mdx, "Embed Limits"), counted after
 * escaping in UTF-16 units. {@code size} is what counts against the 6000 of a whole message.
 */
record DiscordEmbed(ObjectNode json, int size) {
    static final int TOTAL = 6000;
    private static final int TITLE = 256;
    private static final int DESCRIPTION = 4096;
    private static final int FIELDS = 25;
    private static final int FIELD_NAME = 256;
    private static final int FIELD_VALUE = 1024;
    private static final int FOOTER = 2048;
    private static final int AUTHOR = 256;
    /** Less of a field's value is not worth its name. */
    private static final int LEAST_VALUE = 40;
    /** Discord counts after trimming and refuses what is empty then; this stays. */
    private static final String NOTHING = "\u200B";

    /** The whole card when it fits; else as much as fits, with the note that says where the rest is. */
    static DiscordEmbed of(Envelope envelope, UnaryOperator<String> escape, List<Upload> uploads) {
        Writer whole = new Writer(envelope, escape, uploads, "");
        return (whole.cut ? new Writer(envelope, escape, uploads, escape.apply(Cut.note(envelope))) : whole).done();
    }

    /** One pass over a card; remembers whether anything had to be cut. */
    private static final class Writer {
        private final ObjectNode json = Json.object();
        private final UnaryOperator<String> escape;
        private int left = TOTAL;
        private boolean cut;

        Writer(Envelope envelope, UnaryOperator<String> escape, List<Upload> uploads, String note) {
            this.escape = escape;
            Card card = envelope.card();
            json.put("title", take(escape.apply(CardLines.title(envelope)), TITLE));
            CardLines.standsIn(envelope)
                    .ifPresent(name -> json.putObject("author").put("name", takeAsIs(name, AUTHOR)));
            String footer = takeAsIs(CardLines.said(card.footer()), FOOTER);
            if (!footer.isEmpty()) {
                json.putObject("footer").put("text", footer);
            }
            description(text(envelope, uploads), note);
            fields(card.fields());
            rest(card, Upload.image(card.image(), envelope.notification(), uploads));
        }

        private static String text(Envelope envelope, List<Upload> uploads) {
            List<String> lines = new ArrayList<>();
            String text = CardLines.said(envelope.card().text());
            if (!text.isEmpty()) {
                lines.add(text);
            }
            lines.addAll(CardLines.attachments(envelope, uploads));
            return String.join("\n", lines);
        }

        private void description(String text, String note) {
            String escaped = escape.apply(text);
            int room = Math.min(DESCRIPTION, left);
            boolean fits = escaped.length() + note.length() <= room;
            cut |= !fits;
            String ending = note.isEmpty() ? "…" : note;
            String written = fits ? escaped + note : Cut.to(room, escaped + note, DiscordMarkdown::splits, ending);
            if (!written.isEmpty()) {
                json.put("description", written);
                left -= written.length();
            }
        }

        private void fields(List<Card.Field> fields) {
            ArrayNode written = Json.MAPPER.createArrayNode();
            for (Card.Field field : fields) {
                String name = limited(shown(field.name()), FIELD_NAME);
                int room = Math.min(FIELD_VALUE, left - name.length());
                if (written.size() == FIELDS
                        || room < Math.min(LEAST_VALUE, shown(field.value()).length())) {
                    cut = true;
                    break;
                }
                String value = limited(shown(field.value()), room);
                left -= name.length() + value.length();
                written.addObject().put("name", name).put("value", value).put("inline", field.inline());
            }
            if (!written.isEmpty()) {
                json.set("fields", written);
            }
        }

        private void rest(Card card, String image) {
            if (card.color() != null) {
                json.put("color", card.color() & 0xFFFFFF);
            }
            if (CardLines.web(card.link()) != null) {
                json.put("url", card.link());
            }
            if (!image.isEmpty()) {
                json.putObject("image").put("url", image);
            }
            if (card.timestamp() != null) {
                json.put("timestamp", card.timestamp().toString());
            }
        }

        private String shown(String text) {
            return text.isBlank() ? NOTHING : escape.apply(text.strip());
        }

        private String takeAsIs(String text, int limit) {
            return take(DiscordMarkdown.silence(text), limit);
        }

        private String take(String escaped, int limit) {
            String taken = limited(escaped, limit);
            left -= taken.length();
            return taken;
        }

        private String limited(String escaped, int limit) {
            cut |= escaped.length() > limit;
            return Cut.to(limit, escaped, DiscordMarkdown::splits, "…");
        }

        DiscordEmbed done() {
            return new DiscordEmbed(json, TOTAL - left);
        }
    }
}
