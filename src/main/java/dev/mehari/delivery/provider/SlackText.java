package dev.mehari.delivery.provider;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes any text so that Slack can find no mention, no channel and no hidden link in it. {@code &}, {@code <} and
 * {@code >} are all that Slack can escape: asterisks and backticks stay and may format, but nothing else.
 */
final class SlackText {
    private static final Calls CALLS = Calls.of("@(?=here|channel|everyone)");
    private static final String FENCE = "```";
    /** The longest entity, {@code &amp;}. */
    private static final int ENTITY = 5;

    private SlackText() {}

    static String escape(String text) {
        String quiet = CALLS.silence(text);
        return quiet.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** A title that opens an address. */
    static String link(String address, String escapedTitle) {
        String safe = address.replace("&", "&amp;").replace("|", "%7C");
        return "<" + safe + "|" + escapedTitle.replaceAll("\\s+", " ").replace("|", "¦") + ">";
    }

    /** Cuts escaped text; a code block that was open is closed. */
    static String cut(int limit, String escaped, String ending) {
        if (escaped.length() <= limit) {
            return escaped;
        }
        String head = Cut.to(limit - ending.length() - FENCE.length() - 1, escaped, SlackText::splits, "");
        boolean open = head.split(FENCE, -1).length % 2 == 0;
        return head + (open ? "\n" + FENCE : "") + ending;
    }

    /** Splits escaped text over sections; a code block goes on in the next one, and what is too much for all of them is cut. */
    static List<String> sections(int limit, int most, String escaped, String ending) {
        List<String> sections = new ArrayList<>();
        String rest = escaped;
        while (rest.length() > limit && sections.size() + 1 < most) {
            String head = Cut.to(limit - FENCE.length() - 1, rest, SlackText::splits, "");
            boolean open = head.split(FENCE, -1).length % 2 == 0;
            sections.add(head + (open ? "\n" + FENCE : ""));
            rest = (open ? FENCE + "\n" : "") + rest.substring(head.length()).replaceFirst("^\\s", "");
        }
        sections.add(cut(limit, rest, ending));
        return sections;
    }

    /** Whether a cut would part an entity or a run of backticks. */
    static boolean splits(String text, int index) {
        if (index >= text.length()) {
            return false;
        }
        int entity = text.lastIndexOf('&', index - 1);
        boolean inEntity = entity >= 0
                && index - entity < ENTITY
                && text.substring(entity, index).indexOf(';') < 0;
        return inEntity || text.charAt(index) == '`' && text.charAt(index - 1) == '`';
    }
}
