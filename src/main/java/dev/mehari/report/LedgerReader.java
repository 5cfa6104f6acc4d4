package dev.mehari.report;

import java.util.Map;

/**
 * Reads the durable counters of every channel: field to number, by channel. The fields are {@code accepted}, {@code
 * delivered}, {@code diverted}, {@code dead}, {@code expired}, {@code suppressed}, the same followed by {@code :TYPE},
 * and {@code millis}, the summed time from acceptance to delivery of what was delivered.
 */
@FunctionalInterface
public interface LedgerReader {
    Map<String, Map<String, Long>> read();
}
