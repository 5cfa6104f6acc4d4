package dev.mehari.delivery.provider;

import dev.mehari.delivery.Envelope;
import java.nio.charset.StandardCharsets;

/** Shortens text to a provider's limit, in UTF-16 units, and leaves no half of anything behind. */
final class Cut {
    /** How far back a cut looks for a space, so that words and addresses stay whole. */
    private static final int WORD = 100;

    /** Says whether a cut right before {@code index} would part what belongs together in some markup. */
    @FunctionalInterface
    interface Seam {
        boolean splits(String text, int index);
    }

    /** Plain text: only surrogate pairs belong together. */
    static final Seam PLAIN = (text, index) -> false;

    private Cut() {}

    /** The sentence that tells a reader where the rest is. */
    static String note(Envelope envelope) {
        return "… (cut, full text in the history: " + envelope.notification().id() + ")";
    }

    static String to(int limit, String text) {
        return to(limit, text, PLAIN, "…");
    }

    /** The text itself when it fits, else as much of it as leaves room for {@code ending}. */
    static String to(int limit, String text, Seam seam, String ending) {
        if (text.length() <= limit) {
            return text;
        }
        if (ending.length() > limit) {
            return head(text, limit, seam);
        }
        return head(text, limit - ending.length(), seam) + ending;
    }

    /** The same for a limit in bytes of UTF-8. */
    static String toBytes(int limit, String text, String ending) {
        if (bytes(text) <= limit) {
            return text;
        }
        int end = 0;
        int room = limit - bytes(ending);
        while (end < text.length() && room >= 0) {
            int point = text.codePointAt(end);
            room -= bytes(Character.toString(point));
            end += room >= 0 ? Character.charCount(point) : 0;
        }
        return head(text, end, PLAIN) + ending;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String head(String text, int limit, Seam seam) {
        int end = Math.max(0, limit);
        int space = lastSpace(text, end);
        if (space > 0 && end - space <= WORD) {
            end = space;
        }
        while (end > 0 && (halvesPair(text, end) || seam.splits(text, end))) {
            end--;
        }
        return text.substring(0, end).stripTrailing();
    }

    /**
     * Where a text that is to be split ends its first part: after a line where one ends in the second half, else between
     * words; never within a character, nor before an {@code @} that would call somebody where it begins a part.
     *
     * @param limit UTF-16 units of the part that begins at {@code from}
     */
    static int end(String text, int from, int limit) {
        int most = from + Math.max(1, limit);
        if (most >= text.length()) {
            return text.length();
        }
        int line = text.lastIndexOf('\n', most);
        if (line > from + limit / 2) {
            return line;
        }
        int space = lastSpace(text, most);
        if (space > from && most - space <= WORD) {
            return space;
        }
        int end = most;
        while (end > from + 1 && (halvesPair(text, end) || text.charAt(end) == '@')) {
            end--;
        }
        return end;
    }

    private static int lastSpace(String text, int before) {
        int at = before;
        while (at > 0 && !Character.isWhitespace(text.charAt(at))) {
            at--;
        }
        return at;
    }

    private static boolean halvesPair(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index - 1))
                && index < text.length()
                && Character.isLowSurrogate(text.charAt(index));
    }
}
