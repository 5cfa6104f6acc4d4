package dev.mehari.notification;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes identifiers that sort by the time they were made, those of one process strictly: 48 bits of milliseconds, 16 bits
 * of a count within them and 64 random bits, written as 26 characters of Crockford's base 32 in lower case (the ULID
 * layout). They hold no dot, so they can be signed as a {@code webhook-id}. Thread-safe.
 */
public final class NotificationIds {
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LENGTH = 26;
    private static final int TIME_LENGTH = 10;
    private static final int COUNT_BITS = 16;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    private final Clock clock;
    /** Milliseconds and count of the last one made: 48 and 16 bits. */
    private final AtomicLong last = new AtomicLong();

    public NotificationIds(Clock clock) {
        this.clock = clock;
    }

    public String next() {
        var random = ThreadLocalRandom.current();
        long now = clock.millis() << COUNT_BITS;
        long mine = last.updateAndGet(before -> Math.max(now, before + 1));
        long count = mine & COUNT_MASK;
        var text = new char[LENGTH];
        write(text, 0, TIME_LENGTH, mine >>> COUNT_BITS);
        write(text, TIME_LENGTH, 8, count << 24 | random.nextLong() >>> 40);
        write(text, TIME_LENGTH + 8, 8, random.nextLong());
        return new String(text);
    }

    /** The instant an identifier was made at, to the millisecond. */
    public static Instant madeAt(String id) {
        long millis = 0;
        for (int i = 0; i < TIME_LENGTH; i++) {
            millis = millis << 5 | digit(id.charAt(i));
        }
        return Instant.ofEpochMilli(millis);
    }

    /** The smallest identifier of an instant's millisecond: those made before are smaller, those made after greater. */
    public static String lowestAt(Instant instant) {
        var text = new char[LENGTH];
        java.util.Arrays.fill(text, DIGITS[0]);
        write(text, 0, TIME_LENGTH, Math.max(0, instant.toEpochMilli()));
        return new String(text);
    }

    /** Whether the text is an identifier of this layout. */
    public static boolean isId(String text) {
        return text.length() == LENGTH && text.chars().allMatch(character -> digit((char) character) >= 0);
    }

    private static void write(char[] text, int from, int length, long bits) {
        for (int i = from + length - 1; i >= from; i--) {
            text[i] = DIGITS[(int) (bits & 31)];
            bits >>>= 5;
        }
    }

    private static int digit(char character) {
        for (int value = 0; value < DIGITS.length; value++) {
            if (DIGITS[value] == character) {
                return value;
            }
        }
        return -1;
    }
}
