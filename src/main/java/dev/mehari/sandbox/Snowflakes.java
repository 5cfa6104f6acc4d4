package dev.mehari.sandbox;

import dev.mehari.http.Sha256;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/** Ids as Discord makes them: milliseconds since 2015, then 22 bits; unique and growing. Safe for use by many threads. */
public final class Snowflakes {
    private static final long EPOCH_2015 = 1_420_070_400_000L;
    private final AtomicLong last = new AtomicLong();
    private final Clock clock;

    public Snowflakes(Clock clock) {
        this.clock = clock;
    }

    public String next() {
        long now = (clock.millis() - EPOCH_2015) << 22;
        return Long.toString(last.accumulateAndGet(now, (before, time) -> Math.max(before + 1, time)));
    }

    /** The same id for the same name, always: it looks as if made between 2016 and 2024. */
    public static String of(String name) {
        byte[] hash = Sha256.of(name);
        long bits = 0;
        for (int i = 0; i < 8; i++) {
            bits = bits << 8 | hash[i] & 0xff;
        }
        long year = 31_536_000_000L;
        long age = year + Long.remainderUnsigned(bits >>> 22, 8 * year);
        return Long.toString(age << 22 | bits & 0x3fffff);
    }

    /** The same 68 characters for the same name, always, as in a webhook's address. */
    public static String token(String name) {
        Base64.Encoder letters = Base64.getUrlEncoder().withoutPadding();
        return (letters.encodeToString(Sha256.of("token 1 " + name))
                        + letters.encodeToString(Sha256.of("token 2 " + name)))
                .substring(0, 68);
    }

    public static Instant made(String snowflake) {
        return Instant.ofEpochMilli((Long.parseLong(snowflake) >>> 22) + EPOCH_2015);
    }
}
