package dev.mehari.deadletter;

import org.jspecify.annotations.Nullable;

/** Which letters are meant; null means any. */
public record DeadLetterFilter(
        @Nullable String channel,
        @Nullable DeadReason reason,
        @Nullable String type) {
    public static final DeadLetterFilter ANY = new DeadLetterFilter(null, null, null);

    boolean accepts(DeadLetterGroup group) {
        return accepts(channel, group.channel())
                && accepts(reason == null ? null : reason.toString(), group.reason())
                && accepts(type, group.type());
    }

    private static boolean accepts(@Nullable String wanted, @Nullable String value) {
        return wanted == null || wanted.equals(value);
    }
}
