package dev.mehari.timetravel;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What candidate routes would do with a span of past traffic.
 *
 * @param notifications how many were tried
 * @param moved of them, how many the candidate sends elsewhere than the routes in use
 * @param withoutContent how many had lost title, text and data by age or on request: conditions on those were not met
 * @param failed how many the candidate's router failed on; they would go to the default channel
 * @param failure why, the first time
 * @param complete false when time ran out; then only what is newer than {@code from} was tried
 * @param notCalled schemes of endpoints that the routes asked, and that a dry run does not reach
 * @param groups the moved ones, most first
 * @param moreGroups how many of the moved stand in no group, because there were too many kinds
 */
public record Differences(
        Instant from,
        Instant to,
        long notifications,
        long moved,
        long withoutContent,
        long failed,
        @Nullable String failure,
        boolean complete,
        Set<String> notCalled,
        List<Group> groups,
        long moreGroups) {

    /**
     * Messages of one type that move alike.
     *
     * @param went where they really went
     * @param now where the routes in use would send them; differs from {@code went} where a producer chose the channel
     *     himself, or the routes were edited since
     * @param then where the candidate would send them
     * @param examples ids of the newest
     */
    public record Group(
            String type, List<String> went, List<String> now, List<String> then, long count, List<String> examples) {}
}
