package dev.mehari.history;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of another component's log.
 *
 * @param level lower case: debug, info, warning, error, critical
 * @param data what else the line holds
 */
public record LogLine(
        Instant at,
        String component,
        String level,
        @Nullable String traceId,
        String message,
        Map<String, Object> data) {

    /**
     * Reads a JSON line as the usual loggers write it: the names of the fields differ, and Loguru's serialised form puts all
     * into {@code record}.
     *
     * @param component where the line names none
     * @param now where it names no time
     */
    public static LogLine of(Map<String, Object> json, String component, Instant now) {
        var fields = json.get("record") instanceof Map<?, ?> loguru ? flat(loguru) : new LinkedHashMap<>(json);
        var at = time(take(fields, "at", "timestamp", "@timestamp", "time", "ts"), now);
        var level = text(take(fields, "level", "severity", "levelname"), "info").toLowerCase(Locale.ROOT);
        var named = text(take(fields, "component", "logger", "logger_name", "name", "service"), component);
        var trace = take(fields, "traceId", "trace_id", "trace", "dd.trace_id");
        var message = text(take(fields, "message", "msg", "text", "event"), "");
        if (fields.remove("data") instanceof Map<?, ?> data) {
            data.forEach((name, value) -> fields.put(String.valueOf(name), value));
        }
        return new LogLine(
                at,
                cut(named, 100),
                cut(level, 20),
                trace == null ? null : cut(trace.toString(), 200),
                message,
                fields);
    }

    private static Map<String, Object> flat(Map<?, ?> loguru) {
        var fields = new LinkedHashMap<String, Object>();
        loguru.forEach((name, value) -> fields.put(String.valueOf(name), value));
        fields.compute("level", (name, value) -> inner(value, "name"));
        fields.compute("time", (name, value) -> inner(value, "repr"));
        if (fields.remove("extra") instanceof Map<?, ?> extra) {
            extra.forEach((name, value) -> fields.put(String.valueOf(name), value));
        }
        fields.keySet()
                .removeAll(java.util.List.of("elapsed", "file", "function", "line", "module", "process", "thread"));
        return fields;
    }

    private static @Nullable Object inner(@Nullable Object value, String name) {
        return value instanceof Map<?, ?> map ? map.get(name) : value;
    }

    /** The first of the names that is there; all of them are gone afterwards. */
    private static @Nullable Object take(Map<String, Object> fields, String... names) {
        Object found = null;
        for (var name : names) {
            var value = fields.remove(name);
            found = found == null ? value : found;
        }
        return found;
    }

    private static Instant time(@Nullable Object value, Instant now) {
        if (value instanceof Number number) {
            double seconds = number.doubleValue();
            return Instant.ofEpochMilli((long) (seconds > 1e11 ? seconds : seconds * 1_000));
        }
        if (value == null) {
            return now;
        }
        var text = value.toString().trim().replace(' ', 'T').replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2");
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException noOffset) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException noTime) {
                return now;
            }
        }
    }

    private static String text(@Nullable Object value, String otherwise) {
        return value == null || value.toString().isBlank() ? otherwise : value.toString();
    }

    private static String cut(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }
}
