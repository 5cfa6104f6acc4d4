package dev.mehari.notification;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the replacement character in the place of what JSON can spell and UTF-8 or PostgreSQL cannot hold: halves of
 * surrogate pairs, as producers make them that cut texts by length, and NUL.
 */
final class WholeCharacters {
    private static final char REPLACEMENT = '\uFFFD';

    /** NUL, and the bytes that begin what only lenient readers take: half a character, one too long, one beyond Unicode. */
    private static final char[] SUSPECT = "\0\u00C0\u00E0\u00ED\u00F0\u00F4\u00F5\u00F6\u00F7".toCharArray();

    private WholeCharacters() {}

    /** Whether JSON may hold anything to replace: half a character needs an escape, or a byte that few texts have. Fast. */
    static boolean maySpellOthers(byte[] json) {
        var bytes = new String(json, StandardCharsets.ISO_8859_1);
        for (char suspect : SUSPECT) {
            if (bytes.indexOf(suspect) >= 0) {
                return true;
            }
        }
        return bytes.contains("\\u");
    }

    /** The same value of JSON, with whole characters in every key and string: itself, where there is nothing to replace. */
    static @Nullable Object in(@Nullable Object value) {
        return isWhole(value) ? value : JsonTexts.replaced(value, WholeCharacters::mended);
    }

    private static boolean isWhole(@Nullable Object value) {
        return switch (value) {
            case String text -> isWhole(text);
            case Map<?, ?> map -> {
                for (var entry : map.entrySet()) {
                    if (!isWhole(entry.getKey()) || !isWhole(entry.getValue())) {
                        yield false;
                    }
                }
                yield true;
            }
            case Iterable<?> items -> {
                for (var item : items) {
                    if (!isWhole(item)) {
                        yield false;
                    }
                }
                yield true;
            }
            case null -> true;
            default -> true;
        };
    }

    private static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == 0 || Character.isSurrogate(next)) {
                int point = text.codePointAt(i);
                if (broken(point)) {
                    return false;
                }
                i += Character.charCount(point) - 1;
            }
        }
        return true;
    }

    private static String mended(String text) {
        var whole = new StringBuilder(text.length());
        text.codePoints().forEach(point -> whole.appendCodePoint(broken(point) ? REPLACEMENT : point));
        return whole.toString();
    }

    /** A code point in the range of surrogates is one without its other half. */
    private static boolean broken(int codePoint) {
        return codePoint == 0 || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
