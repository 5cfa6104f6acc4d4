package dev.mehari.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Receives what generic webhooks send: the {@code data.number} of each message by path, in order of arrival. */
public final class Sink implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<Integer>> numbers = new ConcurrentHashMap<>();
    private final Map<String, List<Map<String, List<String>>>> headers = new ConcurrentHashMap<>();
    private final HttpServer server;

    public Sink() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        String path = exchange.getRequestURI().getPath().substring(1);
        synchronized (this) {
            numbers.computeIfAbsent(path, any -> new ArrayList<>())
                    .add(body.at("/data/number").intValue());
            headers.computeIfAbsent(path, any -> new ArrayList<>()).add(Map.copyOf(exchange.getRequestHeaders()));
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
    }

    /** Each number where it came first. */
    public synchronized List<Integer> firsts(String path) {
        return List.copyOf(new LinkedHashSet<>(numbers.getOrDefault(path, List.of())));
    }

    /** How many came in all, repeated ones included. */
    public synchronized int count(String path) {
        return numbers.getOrDefault(path, List.of()).size();
    }

    /** The headers of each request, oldest first. */
    public synchronized List<Map<String, List<String>>> headers(String path) {
        return List.copyOf(headers.getOrDefault(path, List.of()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
