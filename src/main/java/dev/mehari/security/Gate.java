package dev.mehari.security;

import dev.mehari.http.Caller;
import dev.mehari.http.ProblemJson;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The first filter: decides by path and caller who comes in, holds calls back until the routes stand, and takes the body
 * within its limit. Stands on the hot path, so it keeps no session and takes no lock. Console pages go on to Spring
 * Security, which lets in only what is marked here or has logged in.
 */
final class Gate implements Filter {
    /** Set on a request that needs no console login. */
    private static final String ADMITTED = "mehari.admitted";

    private final ApiKeys keys;
    private final Readiness readiness;
    private final Bodies bodies;

    Gate(ApiKeys keys, Readiness readiness, Bodies bodies) {
        this.keys = keys;
        this.readiness = readiness;
        this.bodies = bodies;
    }

    static boolean admitted(HttpServletRequest request) {
        return request.getAttribute(ADMITTED) != null;
    }

    @Override
    public void doFilter(ServletRequest plainRequest, ServletResponse plainResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) plainRequest;
        HttpServletResponse response = (HttpServletResponse) plainResponse;
        String path = RequestPath.of(request);
        if (path == null) {
            ProblemJson.send(request, response, 400, "bad-path", "The path holds characters that have no place in it.");
        } else if (mayPass(path, request, response)) {
            pass(path, request, response, chain);
        }
    }

    private boolean mayPass(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (Access.of(path)) {
            case OPEN -> request.setAttribute(ADMITTED, true);
            case KEY -> {
                return hasKey(request) || refuse(request, response);
            }
            case LOCAL_OR_KEY -> {
                if (LocalCaller.isLocal(request) || hasKey(request)) {
                    request.setAttribute(ADMITTED, true);
                }
            }
            case LOCAL -> {
                if (LocalCaller.isLocal(request)) {
                    request.setAttribute(ADMITTED, true);
                }
            }
            case CONSOLE -> {
                // Spring Security asks for the login.
            }
        }
        return true;
    }

    private boolean hasKey(HttpServletRequest request) {
        String name = keys.nameOf(request.getHeader("Authorization"));
        Caller.is(name, request);
        return name != null;
    }

    private static boolean refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        @Nullable String sent = request.getHeader("Authorization");
        response.setHeader("WWW-Authenticate", sent == null ? "Bearer" : "Bearer error=\"invalid_token\"");
        String detail = sent == null
                ? "Send the API key: Authorization: Bearer KEY. The file api-key in the data folder holds the one made at "
                        + "the first start."
                : "The API key is not known here.";
        ProblemJson.send(request, response, 401, "unauthorized", detail);
        return false;
    }

    private void pass(String path, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean takesBody = Bodies.concerns(path);
        if (!readiness.ready() && (takesBody || asksWhetherReady(path))) {
            response.setHeader("Retry-After", "1");
            ProblemJson.send(request, response, 503, "not-ready", "The gateway is starting or stopping. Try again.");
        } else if (!takesBody) {
            chain.doFilter(request, response);
        } else {
            HttpServletRequest taken = bodies.take(path, request, response);
            if (taken != null) {
                chain.doFilter(taken, response);
            }
        }
    }

    /** Answered here while there is nothing to ask: each indicator would look for what is not there yet, and warn. */
    private static boolean asksWhetherReady(String path) {
        return path.equals("/health") || path.equals("/health/readiness");
    }
}
