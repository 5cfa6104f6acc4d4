package dev.mehari.cli.logs;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * From when on steps of one kind are slow. A step is of the kind when its component or its message has one of the words.
 *
 * @param name {@code provider}, {@code redis}, {@code database}
 */
public record Threshold(String name, Duration slow, Duration critical, Pattern words) {
    /** The kinds that are known without configuration, the more particular first. */
    static final List<Threshold> DEFAULTS = List.of(
            of("redis", Duration.ofMillis(200), Duration.ofSeconds(1), List.of("redis", "xadd")),
            of(
                    "database",
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(3),
                    List.of("database", "postgres", "postgresql", "sql", "query", "db", "mysql", "sqlite", "mongodb")),
            of(
                    "provider",
                    Duration.ofMillis(500),
                    Duration.ofSeconds(2),
                    List.of(
                            "provider",
                            "exchange",
                            "api",
                            "discord",
                            "telegram",
                            "slack",
                            "ntfy",
                            "smtp",
                            "binance",
                            "bybit",
                            "okx",
                            "kraken",
                            "coinbase",
                            "bitget",
                            "kucoin",
                            "hyperliquid",
                            "delivery.attempted")));

    static Threshold of(String name, Duration slow, Duration critical, List<String> words) {
        String any = words.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return new Threshold(
                name,
                slow,
                critical,
                Pattern.compile("(?<![\\p{L}\\d])(?:" + any + ")(?![\\p{L}\\d])", Pattern.CASE_INSENSITIVE));
    }

    boolean concerns(LogLine line) {
        return words.matcher(line.message()).find()
                || words.matcher(line.component()).find();
    }

    Speed judge(Duration time) {
        return time.compareTo(critical) > 0 ? Speed.CRITICAL : time.compareTo(slow) > 0 ? Speed.SLOW : Speed.FINE;
    }

    Duration limit(Speed speed) {
        return speed == Speed.CRITICAL ? critical : slow;
    }
}
