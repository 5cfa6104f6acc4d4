package dev.mehari.bench;

import java.nio.charset.StandardCharsets;

/**
 * The send time inside a body: nineteen digits of {@link System#nanoTime}, written when it is sent and read by the sink of
 * the same process.
 */
final class Stamp {
    static final String FIELD = "\"sentAt\":\"0000000000000000000\"";
    private static final byte[] MARK = "\"sentat\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 19;

    private Stamp() {}

    /** The place of the digits, or -1. */
    static int place(byte[] message, int from, int to) {
        int at = HttpFrame.find(message, from, to, MARK);
        return at < 0 ? -1 : at + MARK.length;
    }

    static void write(byte[] message, int place, long nanos) {
        long rest = nanos;
        for (int digit = DIGITS - 1; digit >= 0; digit--) {
            message[place + digit] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    static long read(byte[] message, int place) {
        long nanos = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            nanos = nanos * 10 + message[place + digit] - '0';
        }
        return nanos;
    }
}
