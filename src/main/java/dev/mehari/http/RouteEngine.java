package dev.mehari.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.jspecify.annotations.Nullable;

/**
 * What {@code from: platform-http:} stands on: a filter that hands a request to the route of its path in the request's
 * own thread, and lets everything else pass to Spring MVC. See docs/decisions/0032. Thread-safe; routes may come and go.
 */
class RouteEngine implements PlatformHttpEngine, Filter {
    private final Map<String, List<RouteConsumer>> byPath = new ConcurrentHashMap<>();
    private final List<RouteConsumer> byPattern = new CopyOnWriteArrayList<>();

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new RouteConsumer(endpoint, processor, this);
    }

    void open(RouteConsumer route) {
        if (route.path().isPlain()) {
            byPath.computeIfAbsent(route.path().text(), path -> new CopyOnWriteArrayList<>())
                    .add(route);
        } else {
            byPattern.add(route);
        }
    }

    void close(RouteConsumer route) {
        byPattern.remove(route);
        byPath.getOrDefault(route.path().text(), new CopyOnWriteArrayList<>()).remove(route);
    }

    @Override
    public void doFilter(ServletRequest plainRequest, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) plainRequest;
        String path = path(request);
        RouteConsumer route = route(path, request.getMethod());
        if (route == null) {
            chain.doFilter(request, response);
        } else {
            route.handle(path, request, (HttpServletResponse) response);
        }
    }

    private static String path(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    private @Nullable RouteConsumer route(String path, String method) {
        for (RouteConsumer route : byPath.getOrDefault(path, List.of())) {
            if (route.takes(method)) {
                return route;
            }
        }
        for (RouteConsumer route : byPattern) {
            if (route.takes(method) && route.path().match(path) != null) {
                return route;
            }
        }
        return null;
    }
}
