package dev.mehari.cli.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a log, in whatever format it stood.
 *
 * @param component whose folder it was read from
 * @param level {@link Level#INFO} where the line says none
 * @param took how long the step took, where the line says so itself
 * @param more the lines that belong to it: a stack trace, the rest of a message
 */
record LogLine(
        Instant at,
        String component,
        Level level,
        String message,
        @Nullable String traceId,
        @Nullable Duration took,
        List<String> more) {

    boolean belongsTo(String trace) {
        return trace.equals(traceId) || traceId == null && message.contains(trace);
    }
}
