package dev.mehari.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * Where a page of the list ended: the place of its last letter, counted from the oldest, and the letter's id. Letters
 * that come meanwhile do not move places, letters that leave do; then the id finds the way.
 */
record Cursor(long place, String id) {

    /** @throws IllegalArgumentException when the text is no cursor of ours */
    static @Nullable Cursor of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        int dash = text.indexOf('-');
        try {
            return new Cursor(Long.parseLong(text.substring(0, Math.max(dash, 0))), text.substring(dash + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no cursor; use the one of the page before, or none.");
        }
    }

    @Override
    public String toString() {
        return place + "-" + id;
    }
}
