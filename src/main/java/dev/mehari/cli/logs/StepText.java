package dev.mehari.cli.logs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A step as the report shows it. */
final class StepText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int ALERT_WIDTH = 120;
    private static final int LEVEL_WIDTH = 9;

    private StepText() {}

    /** {@code 2026-11-20T10:00:00.890Z INFO     trading [TRACE abc-123] Provider response → +890 ms ⚠ SLOW} and a line end. */
    static String of(Step step, int width) {
        LogLine line = step.line();
        StringBuilder text = new StringBuilder()
                .append(time(line.at()))
                .append(' ')
                .append(padded(line.level().name(), LEVEL_WIDTH))
                .append(padded(line.component(), width + 1))
                .append(line.traceId() == null ? "" : "[TRACE " + clean(line.traceId()) + "] ")
                .append(clean(line.message()))
                .append(" → ")
                .append(delay(step.delay()))
                .append(line.took() == null ? "" : " (took " + millis(line.took()) + ")")
                .append(mark(step.speed()))
                .append('\n');
        line.more().forEach(more -> text.append("    ").append(clean(more)).append('\n'));
        return text.toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    static String json(Step step) {
        LogLine line = step.line();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", time(line.at()));
        json.put("component", line.component());
        json.put("level", line.level().name());
        json.put("message", line.message());
        json.put("traceId", line.traceId());
        json.put(
                "delayMs",
                step.delay() == null ? null : Long.valueOf(step.delay().toMillis()));
        json.put("tookMs", line.took() == null ? null : Long.valueOf(line.took().toMillis()));
        json.put("speed", step.speed().name().toLowerCase(Locale.ROOT));
        if (!line.more().isEmpty()) {
            var more = json.putArray("more");
            line.more().forEach(more::add);
        }
        return json.toString();
    }

    /** {@code - **CRITICAL** redis 1200 ms (> 1000 ms) at … in trading, trace abc-123: message}. */
    static String alert(Step step) {
        LogLine line = step.line();
        Threshold kind = step.kind();
        Duration judged = step.judged();
        String measured = kind == null || judged == null
                ? ""
                : kind.name() + " " + millis(judged) + " (> " + millis(kind.limit(step.speed())) + ") ";
        return "- " + (step.speed() == Speed.CRITICAL ? "🛑 **CRITICAL** " : "⚠ **SLOW** ") + measured + "at "
                + time(line.at())
                + " in " + line.component() + (line.traceId() == null ? "" : ", trace " + inline(line.traceId())) + ": "
                + inline(
                        line.message().length() > ALERT_WIDTH
                                ? line.message().substring(0, ALERT_WIDTH) + "…"
                                : line.message());
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    private static String delay(@Nullable Duration delay) {
        return delay == null ? "0 ms" : "+" + millis(delay);
    }

    static String millis(Duration time) {
        return time.toMillis() + " ms";
    }

    private static String mark(Speed speed) {
        return switch (speed) {
            case FINE -> "";
            case SLOW -> " ⚠ SLOW";
            case CRITICAL -> " 🛑 CRITICAL";
        };
    }

    /** Nothing in a line can end the block it stands in, or steer a terminal. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text);
        for (int at = 0; at < clean.length(); at++) {
            char sign = clean.charAt(at);
            if (Character.isISOControl(sign)) {
                clean.setCharAt(at, sign == '\t' ? ' ' : '�');
            }
        }
        return clean.toString().replace("~~~", "~\u200b~~");
    }

    /** In running text: as code, so that nothing of it is Markdown. */
    static String inline(String text) {
        return "`" + clean(text).replace('`', '\'') + "`";
    }
}
