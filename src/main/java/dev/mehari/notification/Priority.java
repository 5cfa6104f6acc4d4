package dev.mehari.notification;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much a notification matters. {@link #HIGH} and {@link #CRITICAL} overtake others in their lane. */
public enum Priority {
    LOW,
    NORMAL,
    HIGH,
    CRITICAL;

    /**
     * Reads the lower-case name used in JSON and YAML; case does not matter.
     *
     * @throws IllegalArgumentException when the word is none of the four
     */
    @JsonCreator
    public static Priority of(String word) {
        return valueOf(word.trim().toUpperCase(Locale.ROOT));
    }

    /** Whether a notification of this priority goes to the urgent lane. */
    public boolean urgent() {
        return compareTo(HIGH) >= 0;
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
