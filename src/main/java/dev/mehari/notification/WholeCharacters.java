package dev.mehari.notification;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the replacement character in the place of what JSON can spell and UTF-8 or PostgreSQL cannot hold: halves of
 * surrogate pairs, as producers make them that cut texts by length, and NUL.
 */
final class WholeCharacters {
    private static final char REPLACEMENT = '\uFFFD';

    private WholeCharacters() {}

    /** The same value of JSON, with whole characters in every key and string. */
    static @Nullable Object in(@Nullable Object value) {
        return switch (value) {
            case String text -> in(text);
            case Map<?, ?> map -> {
                var whole = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, entry) -> whole.put(in(String.valueOf(key)), in(entry)));
                yield whole;
            }
            case Iterable<?> items -> {
                var whole = new java.util.ArrayList<@Nullable Object>();
                items.forEach(item -> whole.add(in(item)));
                yield whole;
            }
            case null -> null;
            default -> value;
        };
    }

    private static String in(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (broken(text.codePointAt(i))) {
                var whole = new StringBuilder(text.length());
                text.codePoints().forEach(point -> whole.appendCodePoint(broken(point) ? REPLACEMENT : point));
                return whole.toString();
            }
        }
        return text;
    }

    /** A code point in the range of surrogates is one without its other half. */
    private static boolean broken(int codePoint) {
        return codePoint == 0 || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
