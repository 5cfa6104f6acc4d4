package dev.mehari.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a report tells, as the data of its notification. A delivery counts in the channel where it ended; one that was
 * diverted counts there as diverted, and in the fallback channel as what its copy came to.
 */
final class ReportData {
    private static final List<String> OUTCOMES = List.of("delivered", "diverted", "dead", "expired", "suppressed");

    private ReportData() {}

    static Map<String, Object> of(String period, Counters growth, Instant from, Instant to, ZoneId zone) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("period", period);
        data.put("from", local(from, zone));
        data.put("to", local(to, zone));
        data.put("total", growth.sum(ReportData::ended));
        data.put("successRate", successRate(growth));
        data.put("byType", byType(growth));
        data.put("byChannel", byChannel(growth));
        data.put("byOutcome", byOutcome(growth));
        slowest(growth).ifPresent(slowest -> data.put("slowest", slowest));
        return data;
    }

    private static String local(Instant instant, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                instant.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }

    private static long ended(Map<String, Long> fields) {
        return OUTCOMES.stream()
                .mapToLong(outcome -> fields.getOrDefault(outcome, 0L))
                .sum();
    }

    /** Percent of what arrived, of all that either arrived or was given up; 100 when there was nothing. */
    private static BigDecimal successRate(Counters growth) {
        long delivered = growth.total("delivered");
        long failed = growth.total("dead") + growth.total("expired");
        double rate = delivered + failed == 0 ? 100 : 100.0 * delivered / (delivered + failed);
        return BigDecimal.valueOf(rate).setScale(2, failed > 0 ? RoundingMode.FLOOR : RoundingMode.HALF_UP);
    }

    private static Map<String, Long> byType(Counters growth) {
        Map<String, Long> counts = new HashMap<>();
        growth.byChannel()
                .values()
                .forEach(fields -> fields.forEach((field, count) -> {
                    int colon = field.indexOf(':');
                    if (colon > 0 && OUTCOMES.contains(field.substring(0, colon))) {
                        counts.merge(field.substring(colon + 1), count, Long::sum);
                    }
                }));
        return mostFirst(counts);
    }

    private static Map<String, Long> byChannel(Counters growth) {
        Map<String, Long> counts = new HashMap<>();
        growth.byChannel().forEach((channel, fields) -> counts.put(channel, ended(fields)));
        return mostFirst(counts);
    }

    private static Map<String, Long> byOutcome(Counters growth) {
        return mostFirst(OUTCOMES.stream().collect(Collectors.toMap(outcome -> outcome, growth::total)));
    }

    private static Map<String, Long> mostFirst(Map<String, Long> counts) {
        Map<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    /** The channel whose deliveries took longest from acceptance to arrival, on average. */
    private static Optional<Map<String, Object>> slowest(Counters growth) {
        return growth.byChannel().entrySet().stream()
                .filter(entry -> entry.getValue().getOrDefault("delivered", 0L) > 0)
                .max(Comparator.comparingLong(entry -> mean(entry.getValue())))
                .map(entry -> Map.of("channel", entry.getKey(), "millis", mean(entry.getValue())));
    }

    private static long mean(Map<String, Long> fields) {
        return Math.round(fields.getOrDefault("millis", 0L) / (double) fields.getOrDefault("delivered", 1L));
    }
}
