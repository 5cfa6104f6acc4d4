package dev.mehari.security;

import dev.mehari.http.Sha256;
import dev.mehari.security.ApiKey.Origin;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may call. Holds digests, never the keys; every comparison looks at every key and takes the same time whatever is
 * sent. Thread-safe.
 */
public final class ApiKeys {
    /** Keys made here start so, which lets redaction and secret scanners know them. */
    static final String PREFIX = "mhr_";

    private static final String SCHEME = "Bearer ";
    private static final int SHORTEST = 16;

    private final List<ApiKey> fixed;
    private final Clock clock;
    private volatile List<ApiKey> all;

    private ApiKeys(List<ApiKey> fixed, Clock clock) {
        this.fixed = List.copyOf(fixed);
        this.clock = clock;
        this.all = this.fixed;
    }

    /** The configured keys ({@code KEY} or {@code NAME:KEY}), else the one in the file, which is made when missing. */
    static ApiKeys load(List<String> configured, Path file, Clock clock) {
        if (configured.isEmpty()) {
            var made = SecretFile.readOrMake(file, PREFIX).reveal();
            return new ApiKeys(List.of(key("default", Origin.FIRST_START, made)), clock);
        }
        List<ApiKey> keys = new ArrayList<>();
        for (String entry : configured) {
            int colon = entry.indexOf(':');
            String name = colon < 0
                    ? "key-" + (keys.size() + 1)
                    : entry.substring(0, colon).trim();
            var value = Secret.of(entry.substring(colon + 1)).reveal();
            keys.add(key(name, Origin.CONFIGURED, value));
        }
        return new ApiKeys(keys, clock);
    }

    private static ApiKey key(String name, Origin origin, String value) {
        if (value.length() < SHORTEST) {
            throw new IllegalStateException("The API key " + name + " in mehari.security.api-keys has fewer than "
                    + SHORTEST + " characters. Use a longer one: openssl rand -hex 24");
        }
        return new ApiKey(name, origin, Sha256.of(value), null);
    }

    /** The name of the key in an {@code Authorization: Bearer KEY} header, or null when it is missing or unknown. */
    public @Nullable String nameOf(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        byte[] digest = Sha256.of(authorization.substring(SCHEME.length()).trim());
        ApiKey found = null;
        for (ApiKey key : all) {
            if (key.is(digest)) {
                found = key;
            }
        }
        if (found == null) {
            return null;
        }
        found.used(clock.millis());
        return found.name();
    }

    /** Those that nobody can take away while the gateway runs. */
    List<ApiKey> fixed() {
        return fixed;
    }

    List<ApiKey> all() {
        return all;
    }

    /** From now on these hold beside the fixed ones, and no other. */
    void issued(Collection<ApiKey> keys) {
        all = Stream.concat(fixed.stream(), keys.stream()).toList();
    }
}
