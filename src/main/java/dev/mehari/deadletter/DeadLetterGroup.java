package dev.mehari.deadletter;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** How many letters died for the same reason, in the same channel, of the same type. */
public record DeadLetterGroup(
        String reason, @Nullable String channel, @Nullable String type, long count) {
    static final Comparator<DeadLetterGroup> MOST_FIRST = Comparator.comparingLong(DeadLetterGroup::count)
            .reversed()
            .thenComparing(group -> group.reason() + " " + group.channel() + " " + group.type());

    DeadLetterGroup withCount(long number) {
        return new DeadLetterGroup(reason, channel, type, number);
    }
}
