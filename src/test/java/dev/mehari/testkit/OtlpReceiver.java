package dev.mehari.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Stands in for an OpenTelemetry collector: takes OTLP as JSON over HTTP and keeps the spans. */
public final class OtlpReceiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final List<JsonNode> spans = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile JsonNode resource = JSON.createObjectNode();

    public OtlpReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders();
            JsonNode body;
            try (var in = new GZIPInputStream(exchange.getRequestBody())) {
                body = JSON.readTree(in);
            }
            Integer status = answers.poll();
            calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + headers.getFirst("Content-Type") + " " + headers.getFirst("X-Api-Key") + " "
                    + (status == null ? 200 : status));
            if (status == null) {
                keep(body);
            }
            exchange.sendResponseHeaders(status == null ? 200 : status, -1);
            exchange.close();
        });
        server.start();
    }

    private void keep(JsonNode body) {
        for (var part : body.path("resourceSpans")) {
            resource = part.path("resource");
            part.path("scopeSpans").forEach(scope -> scope.path("spans").forEach(spans::add));
        }
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next calls are answered so, and what they bring is not kept. */
    public void answer(int... statuses) {
        for (int status : statuses) {
            answers.add(status);
        }
    }

    public List<JsonNode> spans() {
        return new ArrayList<>(spans);
    }

    public List<String> calls() {
        return calls;
    }

    public JsonNode resource() {
        return resource;
    }

    /** The value of an attribute, as text; null when there is none. */
    public static String attribute(JsonNode holder, String key) {
        for (var attribute : holder.path("attributes")) {
            if (attribute.path("key").asText().equals(key)) {
                return attribute.path("value").elements().next().asText();
            }
        }
        return null;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
