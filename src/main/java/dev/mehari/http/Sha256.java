package dev.mehari.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of texts, for each request and each delivery. Thread-safe. */
public final class Sha256 {
    /** Never fed, only copied: a new one would be looked for among the algorithms of all providers. */
    private static final MessageDigest EMPTY = empty();

    private Sha256() {}

    /** The 32 bytes for the text's UTF-8. */
    public static byte[] of(String text) {
        try {
            return ((MessageDigest) EMPTY.clone()).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static MessageDigest empty() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
