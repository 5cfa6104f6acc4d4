package dev.mehari.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A destination in a bad way: of the requests it gets, a third meets one of the {@link Weather}s, by a seed, until {@link
 * #calm()}. It remembers the {@code data.number} of what it took, by path.
 */
final class StormySink implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What becomes of a request, and how many of a hundred meet it. */
    enum Weather {
        FAILS(8),
        BUSY(4),
        TOO_MANY(4),
        RESETS_BEFORE_IT_TOOK(6),
        RESETS_AFTER_IT_TOOK(4),
        NEVER_ANSWERS(2),
        SLOW(6);

        private final int share;

        Weather(int share) {
            this.share = share;
        }
    }

    private final ServerSocket server;
    private final Random random;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, List<Integer>> taken = new ConcurrentHashMap<>();
    private final Map<Weather, Integer> met = new EnumMap<>(Weather.class);
    private volatile boolean calm;

    StormySink(long seed) {
        random = new Random(seed);
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getLocalPort() + "/" + path;
    }

    /** From now on everything is taken at once. */
    void calm() {
        calm = true;
    }

    /** Each number where it came first. */
    synchronized List<Integer> firsts(String path) {
        return List.copyOf(new LinkedHashSet<>(taken.getOrDefault(path, List.of())));
    }

    synchronized int count(String path) {
        return taken.getOrDefault(path, List.of()).size();
    }

    synchronized Map<Weather, Integer> met() {
        return Map.copyOf(met);
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                Thread.ofVirtual().start(() -> serve(caller));
            } catch (IOException ended) {
                return;
            }
        }
    }

    private void serve(Socket caller) {
        try (caller;
                var in = new BufferedInputStream(caller.getInputStream())) {
            while (answered(caller, in)) {}
        } catch (IOException | InterruptedException gone) {
            // The caller hung up.
        }
    }

    private boolean answered(Socket caller, InputStream in) throws IOException, InterruptedException {
        String first = line(in);
        if (first.isEmpty()) {
            return false;
        }
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase().startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).trim());
            }
        }
        JsonNode body = JSON.readTree(in.readNBytes(length));
        return answer(
                caller,
                first.split(" ")[1].substring(1),
                body.at("/data/number").intValue(),
                next());
    }

    private synchronized Weather next() {
        int drawn = random.nextInt(100);
        for (Weather one : Weather.values()) {
            drawn -= one.share;
            if (drawn < 0 && !calm) {
                met.merge(one, 1, Integer::sum);
                return one;
            }
        }
        return null;
    }

    private boolean answer(Socket caller, String path, int number, Weather weather)
            throws IOException, InterruptedException {
        if (weather == null || weather == Weather.SLOW) {
            boolean ended = weather == Weather.SLOW && closed.await(300, TimeUnit.MILLISECONDS);
            take(path, number);
            return !ended && said(caller, "204 No Content", "");
        }
        switch (weather) {
            case FAILS -> {
                return said(caller, "500 Internal Server Error", "");
            }
            case BUSY -> {
                return said(caller, "503 Service Unavailable", "Retry-After: 1\r\n");
            }
            case TOO_MANY -> {
                return said(caller, "429 Too Many Requests", "Retry-After: 1\r\n");
            }
            case NEVER_ANSWERS -> {
                closed.await();
                return false;
            }
            case RESETS_BEFORE_IT_TOOK -> {
                caller.setSoLinger(true, 0);
                return false;
            }
            case RESETS_AFTER_IT_TOOK -> {
                take(path, number);
                caller.setSoLinger(true, 0);
                return false;
            }
            default -> throw new IllegalStateException(weather.name());
        }
    }

    private synchronized void take(String path, int number) {
        taken.computeIfAbsent(path, any -> new ArrayList<>()).add(number);
    }

    private static boolean said(Socket caller, String status, String headers) throws IOException {
        String answer = "HTTP/1.1 " + status + "\r\n" + headers
                + (status.startsWith("204") ? "" : "Content-Length: 0\r\n") + "\r\n";
        caller.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        return true;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
