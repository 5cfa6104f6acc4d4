package dev.mehari.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person on this very machine from everybody else. A loopback address is not enough: a page of a stranger's site,
 * open in this person's browser, calls from here too (by name rebinding or by a cross-site form), and so does a proxy.
 */
final class LocalCaller {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private LocalCaller() {}

    static boolean isLocal(HttpServletRequest request) {
        return isLoopback(request.getRemoteAddr())
                && isLoopbackName(request.getHeader("Host"))
                && !proxied(request)
                && (READING.contains(request.getMethod()) || fromOwnPage(request));
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1") || address.equals("::1");
    }

    private static boolean isLoopbackName(@Nullable String host) {
        if (host == null) {
            return false;
        }
        int port = host.lastIndexOf(':');
        return NAMES.contains(port > host.lastIndexOf(']') ? host.substring(0, port) : host);
    }

    private static boolean proxied(HttpServletRequest request) {
        return request.getHeader("Forwarded") != null
                || request.getHeader("X-Forwarded-For") != null
                || request.getHeader("X-Real-IP") != null
                || request.getHeader("Via") != null;
    }

    /** A browser says where a changing request comes from; a program says nothing. */
    private static boolean fromOwnPage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        return (site == null || site.equals("same-origin") || site.equals("none"))
                && (origin == null || origin.equals(request.getScheme() + "://" + request.getHeader("Host")));
    }
}
