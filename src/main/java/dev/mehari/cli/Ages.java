package dev.mehari.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ages and durations as operators write them: {@code 500ms}, {@code 30s}, {@code 15m}, {@code 24h}, {@code 30d}. */
public final class Ages {
    private static final Pattern AGE = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    private Ages() {}

    /** @throws IllegalArgumentException with a sentence, for what is no duration */
    public static Duration duration(String text) {
        Matcher matcher = AGE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no duration; write it like 500ms, 30s, 15m, 24h or 30d.");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** An instant, or an age before now. */
    static Instant instant(String text, Clock clock) {
        try {
            return text.endsWith("Z") ? Instant.parse(text) : clock.instant().minus(duration(text));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Failure.usage(
                    "'" + text + "' is no time; write an age like 30d, or an instant like 2026-11-20T00:00:00Z.");
        }
    }
}
