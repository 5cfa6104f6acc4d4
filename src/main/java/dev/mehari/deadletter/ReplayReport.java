package dev.mehari.deadletter;

import java.util.List;

/**
 * What replaying many came to. The letters that failed are kept.
 *
 * @param matched letters the filter meant
 * @param problems the first few different reasons why letters failed
 */
public record ReplayReport(long matched, long replayed, long failed, boolean dryRun, List<String> problems) {}
