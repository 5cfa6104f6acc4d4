package dev.mehari.http;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Who calls, by the name of his API key: the gate finds it out, and others ask here. */
public final class Caller {
    /** Exchange property of a route that was called over HTTP. */
    public static final String PROPERTY = "MehariCaller";

    private static final String ATTRIBUTE = "mehari.caller";

    private Caller() {}

    public static void is(@Nullable String name, HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, name);
    }

    /** Null for a call that needs no key. */
    public static @Nullable String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String name ? name : null;
    }
}
