package dev.mehari.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** As much of a Redis client as a measurement needs: commands, and many commands in one go. One thread at a time. */
final class RedisClient implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;

    RedisClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text, a {@link Long}, a list of those, or null. */
    Object call(String... words) {
        try {
            send(words);
            out.flush();
            return reply();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same command with each of these as its last word, a thousand under way at a time. */
    void callAll(List<String> command, Iterable<String> lastWords) {
        try {
            int underWay = 0;
            for (var last : lastWords) {
                var words = new ArrayList<>(command);
                words.add(last);
                send(words.toArray(String[]::new));
                if (++underWay == 1_000) {
                    underWay = settle(underWay);
                }
            }
            settle(underWay);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int settle(int underWay) throws IOException {
        out.flush();
        for (int i = 0; i < underWay; i++) {
            reply();
        }
        return 0;
    }

    private void send(String... words) throws IOException {
        out.write(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (var word : words) {
            var bytes = word.getBytes(StandardCharsets.UTF_8);
            out.write(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
            out.write('\r');
            out.write('\n');
        }
    }

    private Object reply() throws IOException {
        var line = line();
        var rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case ':' -> Long.parseLong(rest);
            case '$' -> text(Integer.parseInt(rest));
            case '*' -> {
                var items = new ArrayList<>();
                for (int i = 0; i < Integer.parseInt(rest); i++) {
                    items.add(reply());
                }
                yield items;
            }
            default -> throw new IOException("Redis: " + rest);
        };
    }

    private String text(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        var bytes = in.readNBytes(length + 2);
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("Redis closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
