package dev.mehari.api;

import dev.mehari.http.ApiException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** Reads moments of parameters: an ISO 8601 time with its offset, or an age. */
final class Moments {
    private Moments() {}

    /** Null for no text; {@code 24h} is that long ago. */
    static @Nullable Instant of(String name, @Nullable String text, Clock clock) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            // A plus sign that was not encoded arrives as a space.
            return text.indexOf('T') > 0
                    ? OffsetDateTime.parse(text.replace(' ', '+')).toInstant()
                    : clock.instant().minus(DurationStyle.SIMPLE.parse(text));
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw ApiException.invalid(
                    name + " is '" + text + "'; give a time like 2026-11-20T18:00:00Z, or an age like 24h.");
        }
    }
}
