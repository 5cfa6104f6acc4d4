package dev.mehari.cli.logs;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as logs write them. Thread-safe.
 *
 * @param zone of times that name none
 * @param year of times that name none
 */
record Times(ZoneId zone, int year) {
    private static final String ZONE = "\\s?(Z|UTC|[+-]\\d\\d:?\\d\\d)?";

    /** {@code 2026-11-20T10:00:00.123Z}, {@code 2026-11-20 10:00:00,123}, {@code 2026/11/20 10:00:00}, at the line's start. */
    private static final Pattern ISO = Pattern.compile(
            "^[\\[(]?(\\d{4})[-/](\\d\\d)[-/](\\d\\d)[T ](\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d{1,9}))?" + ZONE);

    private static final Pattern NUMBER = Pattern.compile("\\d{9,19}(\\.\\d{1,9})?");

    /** Redis: {@code 4711:M 20 Nov 2026 10:00:00.123 * Ready}. */
    private static final Pattern REDIS =
            Pattern.compile("^\\d+:[XCSMI] (\\d\\d) ([A-Z][a-z]{2}) (\\d{4}) (\\d\\d):(\\d\\d):(\\d\\d)\\.(\\d{3})");

    /** Web servers: {@code 10.0.0.1 - - [20/Nov/2026:10:00:00 +0000] "GET /"}. */
    private static final Pattern COMMON =
            Pattern.compile("\\[(\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4})]");

    /** Chrome: {@code [4711:4711:1120/100000.123456:ERROR:file.cc(12)] text}, without a year. */
    private static final Pattern CHROME =
            Pattern.compile("^\\[(?:\\d+:)*(\\d\\d)(\\d\\d)/(\\d\\d)(\\d\\d)(\\d\\d)(?:\\.(\\d{1,6}))?:");

    private static final DateTimeFormatter COMMON_FORM =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
    private static final DateTimeFormatter MONTH =
            new DateTimeFormatterBuilder().appendPattern("dd MMM yyyy HH mm ss").toFormatter(Locale.ENGLISH);

    /** A time, and where in the line the text behind it begins. */
    record Found(Instant at, int end) {}

    /** The time that a plain line begins with. */
    Optional<Found> find(String line) {
        try {
            Matcher iso = ISO.matcher(line);
            if (iso.find()) {
                return Optional.of(new Found(iso(iso), iso.end()));
            }
            Matcher redis = REDIS.matcher(line);
            if (redis.find()) {
                return Optional.of(new Found(redis(redis), redis.end()));
            }
            Matcher chrome = CHROME.matcher(line);
            if (chrome.find()) {
                return Optional.of(new Found(chrome(chrome), chrome.end()));
            }
            Matcher common = COMMON.matcher(line);
            return common.find()
                    ? Optional.of(new Found(COMMON_FORM.parse(common.group(1), Instant::from), 0))
                    : Optional.empty();
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    /** A time as a value: a text, or a number of seconds, milliseconds, microseconds or nanoseconds since 1970. */
    Optional<Instant> value(String text) {
        if (NUMBER.matcher(text).matches()) {
            return Optional.of(number(new BigDecimal(text)));
        }
        return find(text).map(Found::at);
    }

    private static Instant number(BigDecimal since1970) {
        int digits = since1970.precision() - since1970.scale();
        int smaller = digits <= 11 ? 0 : digits <= 14 ? 3 : digits <= 17 ? 6 : 9;
        BigDecimal nanos = since1970.movePointRight(9 - smaller);
        BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.TEN.pow(9));
        return Instant.ofEpochSecond(parts[0].longValue(), parts[1].longValue());
    }

    private Instant iso(Matcher time) {
        var local = LocalDateTime.of(
                number(time, 1),
                number(time, 2),
                number(time, 3),
                number(time, 4),
                number(time, 5),
                number(time, 6),
                nanos(time.group(7)));
        String offset = time.group(8);
        if (offset == null) {
            return local.atZone(zone).toInstant();
        }
        return local.toInstant(offset.equals("Z") || offset.equals("UTC") ? ZoneOffset.UTC : ZoneOffset.of(offset));
    }

    private Instant redis(Matcher time) {
        String text = String.join(
                " ", time.group(1), time.group(2), time.group(3), time.group(4), time.group(5), time.group(6));
        return LocalDateTime.parse(text, MONTH)
                .withNano(nanos(time.group(7)))
                .atZone(zone)
                .toInstant();
    }

    private Instant chrome(Matcher time) {
        return LocalDateTime.of(
                        year,
                        number(time, 1),
                        number(time, 2),
                        number(time, 3),
                        number(time, 4),
                        number(time, 5),
                        nanos(time.group(6)))
                .atZone(zone)
                .toInstant();
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static int nanos(@org.jspecify.annotations.Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
    }
}
