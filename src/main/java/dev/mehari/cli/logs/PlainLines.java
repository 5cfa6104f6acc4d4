package dev.mehari.cli.logs;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A log line for people: a time, mostly a level, and a text. */
final class PlainLines {
    private static final Pattern LEVEL = Pattern.compile(
            "\\b(TRACE|DEBUG|INFO|NOTICE|SUCCESS|WARN(?:ING)?|ERR(?:OR)?|CRIT(?:ICAL)?|FATAL|SEVERE|EMERG)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final int LEVEL_WITHIN = 60;
    private static final Pattern TRACE = Pattern.compile(
            "\\[TRACE[ :]([\\w.:-]{1,128})]|\\b(?:trace[_-]?id|traceid|trace|correlation[_-]?id)[\"']?\\s*[=:]\\s*[\"']?([\\w.:-]{1,128})",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TOOK = Pattern.compile(
            "\\b(?:duration|elapsed|took|latency|ms)(?:_ms|Ms)?\\s*[=:]?\\s*(\\d+(?:\\.\\d+)?)\\s*(ms|s)?\\b",
            Pattern.CASE_INSENSITIVE);

    /** What stands between the time and the text: brackets, bars, hyphens, the level itself. */
    private static final Pattern LEAD = Pattern.compile("^[\\s\\]|:*#-]+");

    private static final Pattern REDIS = Pattern.compile("\\d+:[XCSMI] ");

    private final String component;
    private final Times times;

    PlainLines(String component, Times times) {
        this.component = component;
        this.times = times;
    }

    /** Empty for a line that begins with no time: it belongs to the one before. */
    Optional<LogLine> read(String line) {
        return times.find(line).map(found -> {
            String rest = LEAD.matcher(line.substring(found.end())).replaceFirst("");
            Matcher level = LEVEL.matcher(rest);
            boolean named = level.find() && level.start() < LEVEL_WITHIN;
            return new LogLine(
                    found.at(),
                    component,
                    named ? Level.of(level.group(1)).orElse(Level.INFO) : redisLevel(line, found.end()),
                    message(rest, named && level.start() < 3 ? level.end() : 0),
                    trace(rest),
                    took(rest),
                    List.of());
        });
    }

    private static String message(String rest, int from) {
        String text = rest.substring(from);
        return from == 0 ? text.strip() : LEAD.matcher(text).replaceFirst("").strip();
    }

    /** Redis marks warnings with {@code #} and debugging with {@code .} and {@code -}. */
    private static Level redisLevel(String line, int end) {
        if (!REDIS.matcher(line).lookingAt() || end + 1 >= line.length()) {
            return Level.INFO;
        }
        return switch (line.charAt(end + 1)) {
            case '#' -> Level.WARN;
            case '.', '-' -> Level.DEBUG;
            default -> Level.INFO;
        };
    }

    private static @Nullable String trace(String text) {
        Matcher trace = TRACE.matcher(text);
        return !trace.find() ? null : trace.group(1) != null ? trace.group(1) : trace.group(2);
    }

    private static @Nullable Duration took(String text) {
        Matcher took = TOOK.matcher(text);
        if (!took.find()) {
            return null;
        }
        double number = Double.parseDouble(took.group(1));
        boolean seconds = "s".equalsIgnoreCase(took.group(2));
        return Duration.ofNanos((long) (number * (seconds ? 1e9 : 1e6)));
    }
}
