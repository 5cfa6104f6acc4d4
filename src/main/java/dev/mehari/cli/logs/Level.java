package dev.mehari.cli.logs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How grave a line is, in rising order, by whatever name a component calls it. */
public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    CRITICAL;

    /** The level of that name; {@code warning}, {@code fatal}, {@code success}, {@code E} and the like are known too. */
    public static Optional<Level> of(String name) {
        String upper = name.strip().toUpperCase(Locale.ROOT);
        return switch (upper) {
            case "WARNING", "W" -> Optional.of(WARN);
            case "FATAL", "CRIT", "EMERGENCY", "EMERG", "ALERT", "PANIC", "SEVERE", "F" -> Optional.of(CRITICAL);
            case "SUCCESS", "NOTICE", "LOG", "INFORMATION", "I" -> Optional.of(INFO);
            case "ERR", "E" -> Optional.of(ERROR);
            case "VERBOSE", "FINE", "D" -> Optional.of(DEBUG);
            case "FINER", "FINEST" -> Optional.of(TRACE);
            default ->
                Arrays.stream(values())
                        .filter(level -> level.name().equals(upper))
                        .findFirst();
        };
    }

    /** Numbers as pino and bunyan write them (30 is info), and Python's logging (20 is info, 40 error). */
    static Level of(int number, boolean python) {
        int shifted = python ? number + 10 : number;
        return shifted < 20
                ? TRACE
                : shifted < 30 ? DEBUG : shifted < 40 ? INFO : shifted < 50 ? WARN : shifted < 60 ? ERROR : CRITICAL;
    }
}
