package dev.mehari.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mehari.history.LogLine;
import dev.mehari.history.Records;
import dev.mehari.http.ApiException;
import dev.mehari.http.TraceId;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Log lines of other components, JSON: one object, an array, or one object a line. They join the timelines. */
@RestController
class LogLinesController {
    private static final TypeReference<Map<String, Object>> LINE = new TypeReference<>() {};
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_LINES = 1_000;

    private final Records records;
    private final ObjectMapper json;
    private final Clock clock;

    LogLinesController(Records records, ObjectMapper json, Clock clock) {
        this.records = records;
        this.json = json;
        this.clock = clock;
    }

    @Schema(name = "LogLinesTaken")
    record Taken(int accepted, String traceId) {}

    /** What a page in a browser says. */
    @PostMapping("/api/frontend-log")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Taken frontend(@RequestBody byte[] body, HttpServletRequest request) {
        return take(body, "frontend", request);
    }

    /** @param component who speaks, where the lines do not say */
    @PostMapping("/api/v1/logs")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Taken component(
            @RequestBody byte[] body,
            @RequestParam(defaultValue = "unknown") String component,
            HttpServletRequest request) {
        return take(body, component, request);
    }

    private Taken take(byte[] body, String component, HttpServletRequest request) {
        if (!records.enabled()) {
            throw new ApiException(
                    503, "history-off", "The history is switched off; set mehari.history.enabled to true.");
        }
        if (body.length > MOST_BYTES) {
            throw new ApiException(413, "too-large", "Send at most 256 KB of log lines at once.");
        }
        var lines = lines(body);
        var trace = TraceId.of(request);
        for (var line : lines) {
            records.logLine(traced(LogLine.of(line, component, clock.instant()), request, trace));
        }
        return new Taken(lines.size(), trace);
    }

    /** The request's own trace id counts where the line has none and the caller sent one. */
    private static LogLine traced(LogLine line, HttpServletRequest request, String trace) {
        boolean sent = request.getHeader("traceparent") != null || request.getHeader("X-Trace-Id") != null;
        return line.traceId() != null || !sent
                ? line
                : new LogLine(line.at(), line.component(), line.level(), trace, line.message(), line.data());
    }

    private List<Map<String, Object>> lines(byte[] body) {
        var lines = new ArrayList<Map<String, Object>>();
        try (var values = json.readerFor(LINE).<Map<String, Object>>readValues(body)) {
            while (values.hasNextValue() && lines.size() <= MOST_LINES) {
                lines.add(values.nextValue());
            }
        } catch (JsonProcessingException e) {
            throw new ApiException(400, "not-json", "Send JSON: an object, an array of them, or one a line.");
        } catch (java.io.IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
        if (lines.isEmpty() || lines.size() > MOST_LINES) {
            throw ApiException.invalid("Send 1 to " + MOST_LINES + " log lines at once.");
        }
        return lines;
    }
}
