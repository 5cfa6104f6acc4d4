package dev.mehari.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests of one measurement, sent in turn: notifications of 600 bytes, spread evenly over channels and types. Shared
 * by sending threads; each sends copies.
 */
record Requests(List<byte[]> wire, List<int[]> stamps, int notificationsEach) {
    static final int BODY_BYTES = 600;
    static final String KEY = "bench-0123456789abcdef";

    static Requests single(String path, int channels, int types) {
        var bodies = new ArrayList<String>();
        for (int i = 0; i < Math.max(channels, types); i++) {
            bodies.add(body(i % channels, i % Math.max(1, types)));
        }
        return of(path, bodies, 1);
    }

    static Requests batches(String path, int channels, int size) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < size; i++) {
            lines.add(body(i % channels, i % channels));
        }
        return of(path, List.of("[" + String.join(",", lines) + "]"), size);
    }

    /** A notification for channel {@code c<channel>}. */
    static String body(int channel, int type) {
        var start = "{\"type\":\"bench.c%d.t%d\",\"title\":\"Position opened\",\"text\":\"Breakout above the range\",\"data\":{%s,"
                .formatted(channel, type, Stamp.FIELD);
        var fields = "\"symbol\":\"BTC-USD\",\"side\":\"long\",\"price\":97150.5,\"quantity\":0.25,\"leverage\":3,"
                + "\"stopLoss\":95800,\"takeProfit\":101200,\"strategy\":\"breakout-4h\",\"note\":\"";
        var end = "\"}}";
        var filler = "Volume confirms, funding is flat, the book is thin above. ".repeat(10);
        return start + fields + filler.substring(0, BODY_BYTES - start.length() - fields.length() - end.length()) + end;
    }

    private static Requests of(String path, List<String> bodies, int notificationsEach) {
        var wire = new ArrayList<byte[]>();
        var stamps = new ArrayList<int[]>();
        for (var body : bodies) {
            var head = ("POST %s HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAuthorization: Bearer %s\r\n"
                            + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n")
                    .formatted(path, KEY, body.length());
            var message = (head + body).getBytes(StandardCharsets.US_ASCII);
            wire.add(message);
            stamps.add(places(message));
        }
        return new Requests(wire, stamps, notificationsEach);
    }

    private static int[] places(byte[] message) {
        var places = new ArrayList<Integer>();
        for (int at = Stamp.place(message, 0, message.length); at >= 0; at = Stamp.place(message, at, message.length)) {
            places.add(at);
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    /** A request with the time in it. */
    byte[] stamped(long number, long nanos) {
        int which = (int) (number % wire.size());
        var message = wire.get(which).clone();
        for (int place : stamps.get(which)) {
            Stamp.write(message, place, nanos);
        }
        return message;
    }
}
