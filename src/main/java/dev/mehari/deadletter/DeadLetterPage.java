package dev.mehari.deadletter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the list, newest first.
 *
 * @param cursor where the next page begins; null when there is none
 */
public record DeadLetterPage(
        List<DeadLetter> letters, @Nullable String cursor) {}
