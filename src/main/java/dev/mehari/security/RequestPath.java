package dev.mehari.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one reading of a request's path that the gate and the handlers behind it agree on. */
final class RequestPath {
    private RequestPath() {}

    /**
     * Decoded and normalised; null when it is written so that two readers could understand two things: parameters, empty
     * or dotted segments, encoded separators, control characters.
     */
    static @Nullable String of(HttpServletRequest request) {
        String raw = request.getRequestURI();
        if (ambiguous(raw)) {
            return null;
        }
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        String rest = request.getPathInfo();
        String decoded = rest == null ? request.getServletPath() : request.getServletPath() + rest;
        return ambiguous(decoded) || hasControls(decoded) || hasEncodedSeparator(raw) ? null : decoded;
    }

    private static boolean ambiguous(String path) {
        return !path.startsWith("/")
                || path.indexOf(';') >= 0
                || path.indexOf('\\') >= 0
                || path.contains("//")
                || path.contains("/./")
                || path.contains("/../")
                || path.endsWith("/.")
                || path.endsWith("/..");
    }

    private static boolean hasEncodedSeparator(String raw) {
        String lower = raw.toLowerCase(Locale.ROOT);
        return lower.contains("%2f") || lower.contains("%5c") || lower.contains("%25") || lower.contains("%2e");
    }

    private static boolean hasControls(String path) {
        return path.chars().anyMatch(Character::isISOControl);
    }
}
