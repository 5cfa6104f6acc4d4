package dev.mehari.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The ledger's counters at one moment, or what they grew by in a period. Immutable. */
record Counters(Map<String, Map<String, Long>> byChannel) {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final Counters NONE = new Counters(Map.of());

    /** @throws IllegalArgumentException when the text was not written by {@link #toJson()} */
    static Counters of(String json) {
        try {
            return new Counters(JSON.readValue(json, new TypeReference<>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no counters: " + json, e);
        }
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(byChannel);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The growth. A counter that is smaller than before began anew, so all of it counts. */
    Counters since(Counters before) {
        Map<String, Map<String, Long>> grown = new TreeMap<>();
        byChannel.forEach((channel, fields) -> {
            var earlier = before.byChannel.getOrDefault(channel, Map.of());
            Map<String, Long> growth = new HashMap<>();
            fields.forEach((field, now) -> {
                long then = earlier.getOrDefault(field, 0L);
                growth.put(field, now < then ? now : now - then);
            });
            grown.put(channel, growth);
        });
        return new Counters(grown);
    }

    long total(String field) {
        return sum(fields -> fields.getOrDefault(field, 0L));
    }

    long sum(ToLongFunction<Map<String, Long>> ofChannel) {
        return byChannel.values().stream().mapToLong(ofChannel).sum();
    }
}
