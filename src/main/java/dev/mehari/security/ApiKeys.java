package dev.mehari.security;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may call. Holds digests, never the keys; every comparison looks at every key and takes the same time whatever is
 * sent. Immutable and thread-safe.
 */
public final class ApiKeys {
    /** Keys made here start so, which lets redaction and secret scanners know them. */
    static final String PREFIX = "mhr_";

    private static final String SCHEME = "Bearer ";
    private final List<Key> keys;

    private ApiKeys(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /** The configured keys ({@code KEY} or {@code NAME:KEY}), else the one in the file, which is made when missing. */
    static ApiKeys load(List<String> configured, Path file) {
        if (configured.isEmpty()) {
            return new ApiKeys(List.of(
                    Key.of("default", SecretFile.readOrMake(file, PREFIX).reveal())));
        }
        List<Key> keys = new ArrayList<>();
        for (String entry : configured) {
            int colon = entry.indexOf(':');
            String name = colon < 0
                    ? "key-" + (keys.size() + 1)
                    : entry.substring(0, colon).trim();
            keys.add(Key.of(name, Secret.of(entry.substring(colon + 1)).reveal()));
        }
        return new ApiKeys(keys);
    }

    /** The name of the key in an {@code Authorization: Bearer KEY} header, or null when it is missing or unknown. */
    public @Nullable String nameOf(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        byte[] digest = digest(authorization.substring(SCHEME.length()).trim());
        String found = null;
        for (Key key : keys) {
            if (MessageDigest.isEqual(key.digest, digest)) {
                found = key.name;
            }
        }
        return found;
    }

    static byte[] digest(String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class Key {
        private final String name;
        private final byte[] digest;

        private Key(String name, byte[] digest) {
            this.name = name;
            this.digest = digest;
        }

        private static Key of(String name, String value) {
            if (value.length() < 16) {
                throw new IllegalStateException("The API key " + name + " in mehari.security.api-keys has fewer than "
                        + "16 characters. Use a longer one: openssl rand -hex 24");
            }
            return new Key(name, ApiKeys.digest(value));
        }
    }
}
