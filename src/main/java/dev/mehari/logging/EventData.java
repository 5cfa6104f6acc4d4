package dev.mehari.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import net.logstash.logback.composite.AbstractJsonProvider;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code traceId} and {@code data}: the values that a line's text names, as {@code channel={}}, those of the MDC,
 * and SLF4J's key-value pairs. Thread-safe.
 */
public final class EventData extends AbstractJsonProvider<ILoggingEvent> {
    private static final Pattern PLACE = Pattern.compile("(?:\\b([A-Za-z][A-Za-z0-9]*)=)?\\{}");
    private static final List<String> TRACE = List.of("traceId", "trace", "trace_id");
    private static final int MOST_FORMS = 5_000;

    /** The names in the texts of log statements: as many as there are statements. */
    private final Map<String, List<String>> names = new ConcurrentHashMap<>();

    @Override
    public void writeTo(JsonGenerator json, ILoggingEvent event) throws IOException {
        Map<String, Object> data = data(event);
        Object trace = null;
        for (String name : TRACE) {
            Object found = data.remove(name);
            trace = trace == null ? found : trace;
        }
        if (trace != null) {
            json.writeStringField("traceId", trace.toString());
        }
        if (!data.isEmpty()) {
            json.writeObjectFieldStart("data");
            for (Map.Entry<String, Object> value : data.entrySet()) {
                write(json, value.getKey(), value.getValue());
            }
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, String name, Object value) throws IOException {
        switch (value) {
            case Boolean truth -> json.writeBooleanField(name, truth);
            case Integer number -> json.writeNumberField(name, number);
            case Long number -> json.writeNumberField(name, number);
            case Double number -> write(json, name, number.doubleValue());
            default -> json.writeStringField(name, String.valueOf(value));
        }
    }

    /** JSON has no infinity and no NaN. */
    private static void write(JsonGenerator json, String name, double number) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumberField(name, number);
        } else {
            json.writeStringField(name, String.valueOf(number));
        }
    }

    private Map<String, Object> data(ILoggingEvent event) {
        Map<String, Object> data = new LinkedHashMap<>(event.getMDCPropertyMap());
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> put(data, pair.key, pair.value));
        }
        @Nullable Object[] arguments = event.getArgumentArray();
        if (arguments != null && event.getMessage() != null) {
            List<String> named = names(event.getMessage());
            for (int at = 0; at < Math.min(named.size(), arguments.length); at++) {
                put(data, named.get(at), arguments[at]);
            }
        }
        return data;
    }

    private static void put(Map<String, Object> data, String name, @Nullable Object value) {
        if (!name.isEmpty() && value != null) {
            data.put(name, value);
        }
    }

    private List<String> names(String form) {
        List<String> known = names.get(form);
        if (known != null) {
            return known;
        }
        List<String> found = new ArrayList<>();
        PLACE.matcher(form).results().forEach(place -> found.add(place.group(1) == null ? "" : place.group(1)));
        if (names.size() < MOST_FORMS) {
            names.put(form, found);
        }
        return found;
    }
}
