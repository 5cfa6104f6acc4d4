package dev.mehari.delivery.provider;

import java.util.regex.Pattern;

/** Breaks up what would call people: an invisible character after the {@code @}. Leaves web addresses whole. */
record Calls(Pattern call) {
    private static final String INVISIBLE = "\u200B";
    private static final int LONGEST_ADDRESS = 300;

    /** @param regex matches the {@code @} of a call, and nothing after it */
    static Calls of(String regex) {
        return new Calls(Pattern.compile(regex, Pattern.CASE_INSENSITIVE));
    }

    String silence(String text) {
        return call.matcher(text).replaceAll(found -> afterSlashOfAddress(text, found.start()) ? "@" : "@" + INVISIBLE);
    }

    /** {@code https://host/@name}: what stands there is a path. */
    private static boolean afterSlashOfAddress(String text, int at) {
        if (at == 0 || text.charAt(at - 1) != '/') {
            return false;
        }
        int from = at;
        while (from > 0
                && at - from < LONGEST_ADDRESS
                && "<>\"'`".indexOf(text.charAt(from - 1)) < 0
                && !Character.isWhitespace(text.charAt(from - 1))) {
            from--;
        }
        String before = text.substring(from, at);
        int host = before.lastIndexOf("://") + 3;
        return host > 3 && host < before.length() && Character.isLetterOrDigit(before.charAt(host));
    }
}
