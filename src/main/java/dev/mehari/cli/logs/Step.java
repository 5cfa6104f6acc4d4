package dev.mehari.cli.logs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A line with its place in time.
 *
 * @param delay since the step before: of the same trace, or of the timeline where the line has no trace; null for the first
 * @param kind what it was judged as; null when it is none of the kinds that have thresholds
 */
record Step(
        LogLine line,
        @Nullable Duration delay,
        Speed speed,
        @Nullable Threshold kind,
        @Nullable Duration judged) {}
