package dev.mehari.redis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** One Lua script of the class path, named by its SHA-1 as Redis names it. Immutable. */
public record RedisScript(String name, byte[] source, String sha) {

    /**
     * @param name file name under {@code redis/} on the class path, without {@code .lua}
     * @param before the same of files that it begins with: functions that it has in common with other scripts
     */
    public static RedisScript load(String name, String... before) {
        var source = new ByteArrayOutputStream();
        Arrays.stream(before).map(RedisScript::read).forEach(source::writeBytes);
        source.writeBytes(read(name));
        try {
            var sha =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source.toByteArray()));
            return new RedisScript(name, source.toByteArray(), sha);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] read(String name) {
        try (var file = RedisScript.class.getResourceAsStream("/redis/" + name + ".lua")) {
            if (file == null) {
                throw new IllegalStateException("No script redis/" + name + ".lua in the jar");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
