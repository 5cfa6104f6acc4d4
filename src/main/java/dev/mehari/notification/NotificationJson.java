package dev.mehari.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The stored form of a notification: the JSON that stands in lanes, dead letters and history. Thread-safe. */
public final class NotificationJson {
    /** Instants as ISO 8601, nulls left out, unknown fields of a newer version ignored. */
    public static final ObjectMapper MAPPER = JsonMapper.builder(buffersForAll().build())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private NotificationJson() {}

    /** By default each thread keeps its buffers, and a virtual thread, which lives for one request, makes them anew. */
    public static JsonFactoryBuilder buffersForAll() {
        return new JsonFactoryBuilder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool());
    }

    public static byte[] write(Notification notification) {
        try {
            return MAPPER.writeValueAsBytes(notification);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands in the stored form of every notification that is about the recipient, and of few others. */
    public static byte[] recipientText(String recipient) {
        try {
            return ("\"recipient\":" + MAPPER.writeValueAsString(recipient)).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws UncheckedIOException when the bytes were not written by {@link #write} */
    public static Notification read(byte[] json) {
        try {
            return MAPPER.readValue(json, Notification.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
