package dev.mehari.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.mehari.notification.NotificationJson;

/** The stored form of a letter: one line of JSON, as {@code LRANGE} shows it. */
final class DeadLetterJson {
    private DeadLetterJson() {}

    static String write(DeadLetter letter) {
        try {
            return NotificationJson.MAPPER.writeValueAsString(letter);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("dead letter " + letter.id() + " cannot be written as JSON", e);
        }
    }

    /** Reads any entry of the list: what was not written by {@link #write} becomes a letter that holds its text. */
    static DeadLetter read(String entry) {
        try {
            var letter = NotificationJson.MAPPER.readValue(entry, DeadLetter.class);
            boolean whole = letter.id() != null && letter.reason() != null && letter.source() != null;
            return whole ? letter : DeadLetter.foreign(entry);
        } catch (JsonProcessingException | RuntimeException notOurs) {
            return DeadLetter.foreign(entry);
        }
    }
}
