package dev.mehari.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds text that was cut in the middle of a character: Discord takes it, and shows rubbish. */
final class HalfCharacters {
    private HalfCharacters() {}

    static boolean in(JsonNode node) {
        if (node.isTextual()) {
            return in(node.textValue());
        }
        for (JsonNode child : node) {
            if (in(child)) {
                return true;
            }
        }
        return false;
    }

    private static boolean in(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            boolean pair = Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(unit) && !pair) {
                return true;
            }
            i += pair ? 1 : 0;
        }
        return false;
    }
}
