package dev.mehari.content;

/** Cuts text for people, without leaving half a character behind. */
public final class Text {

    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int LONGEST_CLUSTER = 40;

    private Text() {}

    /**
     * The text itself when it has at most {@code most} UTF-16 units, else its beginning with the ellipsis, together at
     * most {@code most}. Never cuts inside a surrogate pair, an accented letter, a flag or a joined emoji; white space
     * before the ellipsis goes. An ellipsis that has no room is left out.
     */
    public static String cut(String text, int most, String ellipsis) {
        if (text.length() <= most) {
            return text;
        }
        String mark = ellipsis.length() <= most ? ellipsis : "";
        return text.substring(0, boundary(text, Math.max(0, most - mark.length())))
                        .stripTrailing()
                + mark;
    }

    /** The last index up to {@code index} at which no visible character is torn; {@code index} itself for endless ones. */
    public static int boundary(String text, int index) {
        int place = whole(text, index);
        for (int start = place;
                place > 0 && start - place < LONGEST_CLUSTER;
                place -= Character.charCount(text.codePointBefore(place))) {
            if (place == text.length() || !joined(text, place)) {
                return place;
            }
        }
        return place > 0 ? whole(text, index) : 0;
    }

    /** "trade.post-mortem" as a headline: "Trade post mortem". */
    static String humanised(String type) {
        String words = type.replaceAll("[._-]+", " ").strip();
        return words.isEmpty() ? type : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static int whole(String text, int index) {
        boolean torn = index > 0
                && index < text.length()
                && Character.isHighSurrogate(text.charAt(index - 1))
                && Character.isLowSurrogate(text.charAt(index));
        return torn ? index - 1 : index;
    }

    private static boolean joined(String text, int index) {
        int before = text.codePointBefore(index);
        int after = text.codePointAt(index);
        return before == ZERO_WIDTH_JOINER
                || extendsLetter(after)
                || (flag(after) && flagsBefore(text, index) % 2 == 1);
    }

    private static boolean extendsLetter(int codePoint) {
        int category = Character.getType(codePoint);
        return codePoint == ZERO_WIDTH_JOINER
                || category == Character.NON_SPACING_MARK
                || category == Character.ENCLOSING_MARK
                || category == Character.COMBINING_SPACING_MARK
                || (codePoint >= 0x1F3FB && codePoint <= 0x1F3FF)
                || (codePoint >= 0xE0020 && codePoint <= 0xE007F);
    }

    private static int flagsBefore(String text, int index) {
        int flags = 0;
        while (index > 0 && flags < LONGEST_CLUSTER && flag(text.codePointBefore(index))) {
            index -= 2;
            flags++;
        }
        return flags;
    }

    private static boolean flag(int codePoint) {
        return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
    }
}
