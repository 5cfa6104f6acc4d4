package dev.mehari.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One Lua script of the class path, named by its SHA-1 as Redis names it. Immutable. */
public record RedisScript(String name, byte[] source, String sha) {

    /** @param name file name under {@code redis/} on the class path, without {@code .lua} */
    public static RedisScript load(String name) {
        try (var file = RedisScript.class.getResourceAsStream("/redis/" + name + ".lua")) {
            if (file == null) {
                throw new IllegalStateException("No script redis/" + name + ".lua in the jar");
            }
            var source = file.readAllBytes();
            var sha =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source));
            return new RedisScript(name, source, sha);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An argument or key as Redis takes it. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What Redis answers, as text. */
    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public static byte[] bytes(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }
}
