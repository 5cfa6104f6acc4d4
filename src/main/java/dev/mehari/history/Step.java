package dev.mehari.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a timeline.
 *
 * @param offsetMs since the first step
 * @param component where it happened: the source, redis, provider, webhook, or the component that logged it
 * @param slow warning or critical where it took long
 */
public record Step(
        Instant at,
        long offsetMs,
        String component,
        String event,
        @Nullable String detail,
        @Nullable String slow) {}
