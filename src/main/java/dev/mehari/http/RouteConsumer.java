package dev.mehari.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.DefaultConsumer;

/** One {@code platform-http:} route: makes an exchange of a request, and an answer of what the route leaves. */
final class RouteConsumer extends DefaultConsumer implements PlatformHttpConsumer {
    private final RouteEngine engine;
    private final RoutePath path;
    private final Set<String> methods;
    private final HeaderFilterStrategy headers;

    RouteConsumer(PlatformHttpEndpoint endpoint, Processor processor, RouteEngine engine) {
        super(endpoint, processor);
        this.engine = engine;
        this.path = RoutePath.of(endpoint.getPath(), endpoint.isMatchOnUriPrefix());
        this.methods = methods(endpoint);
        this.headers = endpoint.getHeaderFilterStrategy();
    }

    private static Set<String> methods(PlatformHttpEndpoint endpoint) {
        String restricted = endpoint.getHttpMethodRestrict();
        Set<String> methods = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (restricted != null) {
            methods.addAll(Arrays.asList(restricted.split("\\s*,\\s*")));
        }
        return methods;
    }

    @Override
    public PlatformHttpEndpoint getEndpoint() {
        return (PlatformHttpEndpoint) super.getEndpoint();
    }

    RoutePath path() {
        return path;
    }

    boolean takes(String method) {
        return methods.isEmpty() || methods.contains(method);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        engine.open(this);
    }

    @Override
    protected void doStop() throws Exception {
        engine.close(this);
        super.doStop();
    }

    /** Sends the request through the route and answers it; a route that fails is a 500 without a word of why. */
    void handle(String requested, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isSuspended()) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
        try {
            read(requested, request, exchange);
            createUoW(exchange);
            getProcessor().process(exchange);
        } catch (Exception problem) {
            exchange.setException(problem);
        }
        try {
            Exception problem = exchange.getException();
            if (problem == null) {
                write(exchange, response);
            } else {
                getExceptionHandler().handleException("The route of " + path.text() + " failed", exchange, problem);
                response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            }
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }

    private void read(String requested, HttpServletRequest request, Exchange exchange) throws IOException {
        var message = exchange.getMessage();
        String query = request.getQueryString();
        if (query != null) {
            message.setHeader(Exchange.HTTP_QUERY, query);
            parameters(query).forEach((name, value) -> put(exchange, name, value));
        }
        if (!path.isPlain()) {
            Map<String, String> values = path.match(requested);
            (values == null ? Map.<String, String>of() : values).forEach((name, value) -> put(exchange, name, value));
        }
        for (var names = request.getHeaderNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            put(exchange, name, value(request.getHeaders(name)));
        }
        message.setHeader(Exchange.HTTP_METHOD, request.getMethod());
        message.setHeader(Exchange.HTTP_PATH, requested);
        message.setHeader(Exchange.HTTP_URI, request.getRequestURI());
        message.setBody(body(request));
        exchange.setProperty(Caller.PROPERTY, Caller.of(request));
    }

    /** The only one, or a list of all. */
    private static Object value(Enumeration<String> values) {
        String first = values.nextElement();
        if (!values.hasMoreElements()) {
            return first;
        }
        List<String> all = Collections.list(values);
        all.addFirst(first);
        return all;
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            parameters.putIfAbsent(
                    decoded(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    private void put(Exchange exchange, String name, Object value) {
        if (!headers.applyFilterToExternalHeaders(name, value, exchange)) {
            exchange.getMessage().setHeader(name, value);
        }
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        int announced = request.getContentLength();
        return announced < 0
                ? request.getInputStream().readAllBytes()
                : request.getInputStream().readNBytes(announced);
    }

    private void write(Exchange exchange, HttpServletResponse response) throws IOException {
        var message = exchange.getMessage();
        byte[] body = message.getBody() == null ? new byte[0] : message.getBody(byte[].class);
        int otherwise = body.length == 0 ? HttpServletResponse.SC_NO_CONTENT : HttpServletResponse.SC_OK;
        response.setStatus(message.getHeader(Exchange.HTTP_RESPONSE_CODE, otherwise, Integer.class));
        String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
        if (type != null) {
            response.setContentType(type);
        }
        message.getHeaders().forEach((name, value) -> {
            boolean told = name.equalsIgnoreCase(Exchange.CONTENT_TYPE) || name.equals(Exchange.HTTP_RESPONSE_CODE);
            if (!told && value != null && !headers.applyFilterToCamelHeaders(name, value, exchange)) {
                response.setHeader(name, value.toString());
            }
        });
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
