package dev.mehari.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** The stored form of a letter: one line of JSON, as {@code LRANGE} shows it. */
final class DeadLetterJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private DeadLetterJson() {}

    static String write(DeadLetter letter) {
        try {
            return MAPPER.writeValueAsString(letter);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("dead letter " + letter.id() + " cannot be written as JSON", e);
        }
    }

    /** Reads any entry of the list: what was not written by {@link #write} becomes a letter that holds its text. */
    static DeadLetter read(String entry) {
        try {
            var letter = MAPPER.readValue(entry, DeadLetter.class);
            boolean whole = letter.id() != null && letter.reason() != null && letter.source() != null;
            return whole ? letter : DeadLetter.foreign(entry);
        } catch (JsonProcessingException | RuntimeException notOurs) {
            return DeadLetter.foreign(entry);
        }
    }
}
