package dev.mehari.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.mehari.notification.JsonTexts;
import dev.mehari.notification.NotificationJson;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Text and JSON in a form PostgreSQL stores: it refuses the character NUL in text, and NUL and lone surrogates in JSON.
 * NUL becomes its picture, a lone surrogate the replacement character.
 */
final class Storable {
    private static final char PICTURE_OF_NUL = '\u2400';
    private static final char REPLACEMENT = '\uFFFD';

    private Storable() {}

    static @Nullable String text(@Nullable String text) {
        return text == null ? null : clean(text);
    }

    private static String clean(String text) {
        if (isClean(text)) {
            return text;
        }
        var clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == 0) {
                clean.append(PICTURE_OF_NUL);
            } else if (isPair(text, i)) {
                clean.append(character).append(text.charAt(++i));
            } else {
                clean.append(Character.isSurrogate(character) ? REPLACEMENT : character);
            }
        }
        return clean.toString();
    }

    /** As above, and not longer than an index takes. */
    static @Nullable String key(@Nullable String text) {
        return text(text != null && text.length() > 200 ? text.substring(0, 200) : text);
    }

    static @Nullable String atMost(int length, @Nullable String text) {
        return text(text != null && text.length() > length ? text.substring(0, length) : text);
    }

    /** What JSON holds, as the text of a {@code jsonb}. */
    static String json(@Nullable Object value) {
        try {
            return NotificationJson.MAPPER.writeValueAsString(JsonTexts.replaced(value, Storable::clean));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == 0 || Character.isSurrogate(character)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }
}
