package dev.mehari.deadletter;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Shortens texts without splitting a character. */
final class Cut {
    private static final String ELLIPSIS = "…";

    private Cut() {}

    /** At most {@code limit} UTF-16 units, the last one an ellipsis when something was cut. */
    static String toCharacters(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = limit - ELLIPSIS.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
    }

    /** At most {@code limit} bytes of UTF-8, a note of what was cut included. */
    static String toBytes(String text, int limit) {
        int length = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).remaining();
        if (length <= limit) {
            return text;
        }
        var note = "\n[cut here: the text was " + length + " bytes long]";
        return head(text, limit - note.length()) + note;
    }

    private static String head(String text, int bytes) {
        var kept = CharBuffer.wrap(text);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(kept, ByteBuffer.allocate(bytes), true);
        return text.substring(0, kept.position());
    }
}
