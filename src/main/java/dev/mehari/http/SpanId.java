package dev.mehari.http;

import java.util.HexFormat;

/**
 * Names of spans as W3C Trace Context writes them, worked out from what they are about: whoever speaks of a delivery, now
 * or after a restart, on this node or another, means the same span.
 */
public final class SpanId {
    private SpanId() {}

    /** What became of a notification in one channel; the parent of what its receiver does. */
    public static String ofDelivery(String notificationId, String channel) {
        return of(notificationId + "@" + channel);
    }

    /** 16 hexadecimal digits, the same for the same text. */
    public static String of(String what) {
        return hash(what, 8);
    }

    /** A trace id of 32 hexadecimal digits for one that is written otherwise. */
    public static String trace(String otherwise) {
        return hash(otherwise, 16);
    }

    private static String hash(String text, int bytes) {
        return HexFormat.of().formatHex(Sha256.of(text), 0, bytes);
    }
}
