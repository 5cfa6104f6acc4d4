package dev.mehari.content;

import dev.mehari.notification.Priority;
import dev.mehari.problem.Spelling;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Colours by name or number. */
final class Colors {

    private static final Pattern NUMBER = Pattern.compile("(?:#|0[xX])([0-9a-fA-F]{6})");

    private static final int RED = 0xE74C3C;
    private static final int ORANGE = 0xE67E22;
    private static final int BLUE = 0x3498DB;
    private static final int GREY = 0x95A5A6;

    private static final Map<String, Integer> NAMES = Map.ofEntries(
            Map.entry("green", 0x2ECC71),
            Map.entry("red", RED),
            Map.entry("orange", ORANGE),
            Map.entry("yellow", 0xF1C40F),
            Map.entry("gold", 0xD4A017),
            Map.entry("blue", BLUE),
            Map.entry("navy", 0x34495E),
            Map.entry("teal", 0x1ABC9C),
            Map.entry("purple", 0x9B59B6),
            Map.entry("pink", 0xE91E63),
            Map.entry("grey", GREY),
            Map.entry("gray", GREY),
            Map.entry("black", 0x23272A),
            Map.entry("white", 0xFFFFFF));

    private Colors() {}

    static Optional<Integer> find(String word) {
        var number = NUMBER.matcher(word.strip());
        return number.matches()
                ? Optional.of(Integer.parseInt(number.group(1), 16))
                : Optional.ofNullable(NAMES.get(word.strip().toLowerCase(Locale.ROOT)));
    }

    /** Why a word is no colour, and what to write instead. */
    static String refusal(String word) {
        return "'" + Text.cut(word, 40, "…") + "' is no colour. Write a name or \"#RRGGBB\" in quotes."
                + Spelling.hint(word, NAMES.keySet());
    }

    static int of(Priority priority) {
        return switch (priority) {
            case LOW -> GREY;
            case NORMAL -> BLUE;
            case HIGH -> ORANGE;
            case CRITICAL -> RED;
        };
    }
}
