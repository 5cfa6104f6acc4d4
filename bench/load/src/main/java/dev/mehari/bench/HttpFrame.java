package dev.mehari.bench;

import java.nio.charset.StandardCharsets;

/** Finds where one HTTP/1.1 message ends in a buffer. Knows as much of HTTP as the two ends of a measurement need. */
final class HttpFrame {
    private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "\r\ntransfer-encoding:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "\r\nconnection: close".getBytes(StandardCharsets.US_ASCII);

    private HttpFrame() {}

    /** The index after the message that begins at {@code from}, or -1 while it is incomplete. */
    static int end(byte[] buffer, int from, int to) {
        int head = headEnd(buffer, from, to);
        if (head < 0) {
            return -1;
        }
        int length = find(buffer, from, head, LENGTH);
        if (length >= 0) {
            int end = head + number(buffer, length + LENGTH.length);
            return end <= to ? end : -1;
        }
        return find(buffer, from, head, CHUNKED) < 0 ? head : chunksEnd(buffer, head, to);
    }

    static int status(byte[] buffer, int from) {
        return number(buffer, from + 9);
    }

    /** Whether the other side says that it closes the connection after this message. */
    static boolean closes(byte[] buffer, int from, int end) {
        return find(buffer, from, Math.max(from, headEnd(buffer, from, end)), CLOSE) >= 0;
    }

    private static int headEnd(byte[] buffer, int from, int to) {
        for (int at = from; at + 3 < to; at++) {
            if (buffer[at] == '\r' && buffer[at + 1] == '\n' && buffer[at + 2] == '\r' && buffer[at + 3] == '\n') {
                return at + 4;
            }
        }
        return -1;
    }

    private static int chunksEnd(byte[] buffer, int from, int to) {
        int at = from;
        while (true) {
            int size = 0;
            int digit = at;
            for (; digit < to && Character.digit(buffer[digit], 16) >= 0; digit++) {
                size = size * 16 + Character.digit(buffer[digit], 16);
            }
            int end = digit + 2 + size + 2;
            if (end > to) {
                return -1;
            }
            if (size == 0) {
                return end;
            }
            at = end;
        }
    }

    /** @param lower what is looked for, in lower case */
    static int find(byte[] buffer, int from, int to, byte[] lower) {
        for (int at = from; at <= to - lower.length; at++) {
            int same = 0;
            while (same < lower.length && lower(buffer[at + same]) == lower[same]) {
                same++;
            }
            if (same == lower.length) {
                return at;
            }
        }
        return -1;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
    }

    private static int number(byte[] buffer, int from) {
        int at = from;
        while (buffer[at] == ' ') {
            at++;
        }
        int number = 0;
        for (; buffer[at] >= '0' && buffer[at] <= '9'; at++) {
            number = number * 10 + buffer[at] - '0';
        }
        return number;
    }
}
