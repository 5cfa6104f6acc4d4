package dev.mehari.embedded;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A few words with a Redis on loopback, before the real client exists and when it is gone: starting Netty for a PING would
 * cost more than starting Redis. Speaks RESP 2 (redis.io, "Redis serialization protocol"). Not thread-safe.
 */
final class RedisTalk implements Closeable {
    /** Redis answered, and the answer is an error such as {@code LOADING ...}. */
    static final class Refused extends IOException {
        Refused(String answer) {
            super(answer);
        }
    }

    private final Socket socket;
    private final InputStream in;

    private RedisTalk(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static RedisTalk with(int port, Duration patience) throws IOException {
        Socket socket = new Socket();
        try {
            int millis = (int) patience.toMillis();
            socket.connect(new InetSocketAddress(LoopbackPort.address(), port), millis);
            socket.setSoTimeout(millis);
            return new RedisTalk(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The answer: a String, a Long, a List of these, or null. */
    @Nullable
    Object ask(String... words) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(ascii("*" + words.length + "\r\n"));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            request.writeBytes(ascii("$" + bytes.length + "\r\n"));
            request.writeBytes(bytes);
            request.writeBytes(ascii("\r\n"));
        }
        socket.getOutputStream().write(request.toByteArray());
        return answer();
    }

    /** Says nothing and returns when the other side hangs up. */
    void awaitEnd() throws IOException {
        socket.setSoTimeout(0);
        in.read();
    }

    private @Nullable Object answer() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case '-' -> throw new Refused(rest);
            case ':' -> number(rest);
            case '$' -> text((int) number(rest));
            case '*' -> list((int) number(rest));
            default -> throw new IOException("this is not Redis");
        };
    }

    private List<@Nullable Object> list(int size) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(answer());
        }
        return list;
    }

    private @Nullable String text(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        in.skipNBytes(2);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (line.size() > 4096) {
                throw new IOException("this is not Redis");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        return text.isEmpty() ? "?" : text;
    }

    private static long number(String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("this is not Redis", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
