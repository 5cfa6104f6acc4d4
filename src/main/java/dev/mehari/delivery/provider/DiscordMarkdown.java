package dev.mehari.delivery.provider;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes any text so that Discord shows it as it is: no bold, no heading, no hidden link, no mention. Web addresses stay
 * clickable. Follows the escapers of discord.js.
 */
final class DiscordMarkdown {
    /** Discord ends an address at white space or {@code <}; one glued to a word is no address. */
    private static final Pattern ADDRESS = Pattern.compile("(?<!\\w)https?://[A-Za-z0-9][^\\s<>]*");
    /** What opens a heading, small print, a list or a quotation at the start of a line. */
    private static final Pattern LINE_MARK = Pattern.compile("(?:#{1,3}|-#|[-+]|>{1,3})(?=\\s)|\\d+(?=\\.\\s)");

    private static final Pattern CALL = Pattern.compile("@(?=everyone|here)", Pattern.CASE_INSENSITIVE);
    private static final String SPECIAL = "\\`*_~|[]<";

    private DiscordMarkdown() {}

    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        Matcher address = ADDRESS.matcher(text);
        int at = 0;
        while (address.find()) {
            words(text, at, address.start(), out);
            out.append(address(address.group()));
            at = address.end();
        }
        words(text, at, text.length(), out);
        return silence(out.toString());
    }

    /** For places that show markdown as it stands (footer, author): only calls to everyone are broken up. */
    static String silence(String text) {
        return CALL.matcher(text).replaceAll("@\u200B");
    }

    /** Whether a cut would part a backslash from what it escapes. */
    static boolean splits(String text, int index) {
        int backslashes = 0;
        while (index - 1 - backslashes >= 0 && text.charAt(index - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static void words(String text, int from, int to, StringBuilder out) {
        Matcher mark = LINE_MARK.matcher(text).useTransparentBounds(true);
        boolean lineStart = lineStart(text, from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (lineStart && !leads(c) && mark.region(i, to).lookingAt()) {
                i = openLine(mark, out) - 1;
                lineStart = false;
                continue;
            }
            if (SPECIAL.indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
            lineStart = newLine(c) || lineStart && leads(c);
        }
    }

    /** {@code 1.} is escaped at its dot, which is left to the caller's next step; the others at their first character. */
    private static int openLine(Matcher mark, StringBuilder out) {
        if (Character.isDigit(mark.group().charAt(0))) {
            out.append(mark.group()).append("\\.");
            return mark.end() + 1;
        }
        out.append('\\').append(mark.group());
        return mark.end();
    }

    private static boolean lineStart(String text, int index) {
        int at = index - 1;
        while (at >= 0 && leads(text.charAt(at)) && !newLine(text.charAt(at))) {
            at--;
        }
        return at < 0 || newLine(text.charAt(at));
    }

    private static boolean leads(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }

    private static boolean newLine(char c) {
        return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
    }

    /** The same address in characters that mean nothing to markdown. */
    private static String address(String address) {
        StringBuilder out = new StringBuilder(address.length());
        for (char c : address.toCharArray()) {
            switch (c) {
                case '\\', '`', '*', '|', '[', ']' ->
                    out.append('%').append(Integer.toHexString(c).toUpperCase());
                default -> out.append(c);
            }
        }
        return CALL.matcher(out).replaceAll("%40");
    }
}
