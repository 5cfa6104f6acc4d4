package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.StringJoiner;

/** Values of the API as people read them. */
final class Texts {
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private Texts() {}

    /** {@code a, b}; empty for what is no list or empty. */
    static String list(JsonNode nodes) {
        StringJoiner joined = new StringJoiner(", ");
        nodes.forEach(node -> joined.add(text(node)));
        return joined.toString();
    }

    /** A value; a hyphen where there is none. */
    static String text(JsonNode node) {
        if (node.isMissingNode()
                || node.isNull()
                || node.isTextual() && node.asText().isEmpty()) {
            return "-";
        }
        if (node.isBigDecimal()) {
            // As people write it: 100, not 1E+2.
            return node.decimalValue().toPlainString();
        }
        return node.isValueNode() ? node.asText() : Json.line(node);
    }

    /** One line of at most so many characters. */
    static String shortened(String text, int most) {
        String line = text.strip().replaceAll("\\s+", " ");
        int length = line.codePointCount(0, line.length());
        return length <= most ? line : line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** {@code 890 ms}, {@code 12.4 s}, {@code 3 min}, {@code 5 h}, {@code 2 d}. */
    static String duration(Duration time) {
        long millis = time.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long minutes = time.toMinutes();
        return minutes < 60 ? minutes + " min" : minutes < 48 * 60 ? time.toHours() + " h" : time.toDays() + " d";
    }

    static String seconds(JsonNode seconds) {
        double value = seconds.asDouble();
        return value <= 0 ? "-" : duration(Duration.ofMillis((long) (value * 1000)));
    }

    /** An instant in the reader's zone; what is none, as it is. */
    static String time(JsonNode instant, ZoneId zone) {
        try {
            var local = Instant.parse(instant.asText()).atZone(zone);
            return MILLIS.format(local) + (zone.normalized().equals(ZoneOffset.UTC) ? "Z" : "");
        } catch (java.time.DateTimeException e) {
            return text(instant);
        }
    }
}
