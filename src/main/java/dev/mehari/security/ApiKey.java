package dev.mehari.security;

import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One key by its digest, and when it was used last. Thread-safe. */
final class ApiKey {
    private static final long HARDLY_LATER_MILLIS = 1_000;

    private final String name;
    private final Origin origin;
    private final byte[] digest;
    private final @Nullable Instant createdAt;
    private volatile long usedAt;

    /** Where a key comes from, and so who can take it away. */
    enum Origin {
        /** stands in mehari.security.api-keys */
        CONFIGURED,
        /** made at the first start, stands in the data folder */
        FIRST_START,
        /** made by a call of the API, stands in Redis as a digest */
        ISSUED
    }

    ApiKey(String name, Origin origin, byte[] digest, @Nullable Instant createdAt) {
        this.name = name;
        this.origin = origin;
        this.digest = digest.clone();
        this.createdAt = createdAt;
    }

    String name() {
        return name;
    }

    Origin origin() {
        return origin;
    }

    @Nullable
    Instant createdAt() {
        return createdAt;
    }

    /** Takes the same time whatever is sent. */
    boolean is(byte[] other) {
        return MessageDigest.isEqual(digest, other);
    }

    /** Called at every request, so it writes only what is news. */
    void used(long millis) {
        if (millis - usedAt > HARDLY_LATER_MILLIS) {
            usedAt = millis;
        }
    }

    /** Epoch milliseconds of the last use in this process; 0 for none. */
    long usedAt() {
        return usedAt;
    }
}
