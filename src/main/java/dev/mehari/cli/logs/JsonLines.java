package dev.mehari.cli.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A log line that is a JSON object: ours, those of pino, zap, structlog and their like, and Loguru's serialised form. */
final class JsonLines {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> TIME =
            List.of("timestamp", "@timestamp", "time", "ts", "at", "datetime", "date", "asctime", "t");
    private static final List<String> LEVEL = List.of("level", "levelname", "severity", "log.level", "lvl", "loglevel");
    private static final List<String> MESSAGE = List.of("message", "msg", "event", "text", "log");
    private static final List<String> TRACE = List.of(
            "traceId", "trace_id", "trace", "trace.id", "traceID", "correlationId", "correlation_id", "correlation-id");
    private static final List<String> MORE = List.of("data", "extra", "context", "fields", "attributes", "ctx", "mdc");
    private static final List<String> ERROR =
            List.of("exception", "stackTrace", "stack_trace", "stack", "error", "err", "exc_info");
    private static final List<String> TOOK = List.of(
            "durationMs",
            "duration_ms",
            "elapsedMs",
            "elapsed_ms",
            "tookMs",
            "took_ms",
            "latencyMs",
            "latency_ms",
            "ms");
    private static final List<String> TOOK_WITH_UNIT =
            List.of("duration", "elapsed", "took", "latency", "responseTime");
    private static final Pattern UNIT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|µs|us|ns|)");

    private final String component;
    private final Times times;

    JsonLines(String component, Times times) {
        this.component = component;
        this.times = times;
    }

    /** Empty for what is no JSON object with a time in it. */
    Optional<LogLine> read(String line) {
        try {
            JsonNode json = MAPPER.readTree(line);
            if (json == null || !json.isObject()) {
                return Optional.empty();
            }
            JsonNode record = json.path("record");
            return record.isObject() && record.has("time") ? loguru(record) : plain(json);
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        }
    }

    private Optional<LogLine> plain(JsonNode json) {
        boolean python = json.has("levelname") || json.has("levelno");
        return first(json, TIME)
                .flatMap(time -> times.value(time.asText()))
                .map(at -> line(
                        at,
                        first(json, LEVEL).map(level -> level(level, python)).orElse(Level.INFO),
                        first(json, MESSAGE).map(JsonLines::text).orElse(""),
                        json,
                        first(json, ERROR)
                                .filter(error -> !isEmpty(error))
                                .map(JsonLines::text)
                                .orElse("")));
    }

    /** Loguru with {@code serialize=True}: everything stands in {@code record}, bound values in its {@code extra}. */
    private Optional<LogLine> loguru(JsonNode record) {
        JsonNode time = record.path("time");
        JsonNode stamp = time.has("timestamp") ? time.path("timestamp") : time.path("repr");
        JsonNode error = record.path("exception");
        String trouble = error.isObject() ? text(error.path("type")) + ": " + text(error.path("value")) : "";
        return times.value(stamp.isNumber() ? stamp.decimalValue().toPlainString() : stamp.asText())
                .map(at -> line(
                        at,
                        Level.of(record.path("level").path("name").asText()).orElse(Level.INFO),
                        text(record.path("message")),
                        record,
                        trouble));
    }

    private LogLine line(Instant at, Level level, String message, JsonNode holder, String trouble) {
        List<String> lines = Arrays.asList((message + (trouble.isEmpty() ? "" : "\n" + trouble)).split("\\R"));
        String trace = inside(holder, TRACE)
                .map(JsonLines::text)
                .filter(id -> !id.isBlank())
                .orElse(null);
        return new LogLine(at, component, level, lines.getFirst(), trace, took(holder), lines.subList(1, lines.size()));
    }

    private static Level level(JsonNode level, boolean python) {
        return level.isNumber()
                ? Level.of(level.asInt(), python)
                : Level.of(level.isObject() ? level.path("name").asText() : level.asText())
                        .orElse(Level.INFO);
    }

    private static @Nullable Duration took(JsonNode holder) {
        Optional<Duration> millis =
                inside(holder, TOOK).filter(JsonNode::isNumber).map(node -> millis(node.asDouble()));
        return millis.or(() -> inside(holder, TOOK_WITH_UNIT).flatMap(JsonLines::withUnit))
                .orElse(null);
    }

    /** A bare number is milliseconds, unless it has a fraction: seconds then, as Python's clocks count. */
    private static Optional<Duration> withUnit(JsonNode node) {
        Matcher matcher = UNIT.matcher(node.asText().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        double number = Double.parseDouble(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "s" -> millis(number * 1000);
                    case "µs", "us" -> millis(number / 1000);
                    case "ns" -> millis(number / 1_000_000);
                    case "ms" -> millis(number);
                    default -> millis(node.isFloatingPointNumber() ? number * 1000 : number);
                });
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos((long) (millis * 1_000_000));
    }

    /** Beside the message, or among the values that were given with it. */
    private static Optional<JsonNode> inside(JsonNode holder, List<String> names) {
        return first(holder, names)
                .or(() -> MORE.stream()
                        .flatMap(more -> first(holder.path(more), names).stream())
                        .findFirst());
    }

    private static Optional<JsonNode> first(JsonNode holder, List<String> names) {
        return names.stream()
                .map(holder::path)
                .filter(node -> !node.isMissingNode() && !node.isNull())
                .findFirst();
    }

    private static boolean isEmpty(JsonNode node) {
        return node.isBoolean() || node.isValueNode() && node.asText().isBlank();
    }

    private static String text(JsonNode node) {
        return node.isValueNode() ? node.asText() : node.toString();
    }
}
