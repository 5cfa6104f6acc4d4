package dev.mehari.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id that ties a call to its cause: the caller's own when it sent one that is fit to be logged, else a new one. */
public final class TraceId {
    private static final String ATTRIBUTE = "mehari.trace-id";

    /** W3C Trace Context: version, trace id, parent id, flags. */
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final int W3C_LENGTH = 32;

    private TraceId() {}

    /** The same id for the same request, whoever asks. */
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        String named = from(request.getHeader("traceparent"), request.getHeader("X-Trace-Id"));
        String id = named == null ? random() : named;
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** The id that the two headers carry, {@code traceparent} first, or null when neither holds a usable one. */
    public static @Nullable String from(@Nullable String traceparent, @Nullable String plain) {
        if (traceparent != null) {
            Matcher matcher = TRACEPARENT.matcher(traceparent.trim());
            if (matcher.matches() && isW3c(matcher.group(1))) {
                return matcher.group(1);
            }
        }
        return plain != null && PLAIN.matcher(plain.trim()).matches() ? plain.trim() : null;
    }

    /** Whether an id is one that {@code traceparent} can carry: 32 hexadecimal digits in lower case, not all of them 0. */
    public static boolean isW3c(String traceId) {
        boolean anyNotZero = false;
        for (int i = 0; i < traceId.length(); i++) {
            char digit = traceId.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
            anyNotZero |= digit != '0';
        }
        return anyNotZero && traceId.length() == W3C_LENGTH;
    }

    /** A new id of 32 hexadecimal digits, as W3C Trace Context writes them. */
    public static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong());
    }
}
