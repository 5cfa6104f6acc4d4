package dev.mehari.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of spans as W3C Trace Context writes them, worked out from what they are about: whoever speaks of a delivery, now
 * or after a restart, on this node or another, means the same span.
 */
public final class SpanId {
    /** Never fed, only copied. */
    private static final MessageDigest SHA_256 = sha256();

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
        try {
            // Each delivery would look for the algorithm among those of all providers.
            var sha256 = (MessageDigest) SHA_256.clone();
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)), 0, bytes);
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
