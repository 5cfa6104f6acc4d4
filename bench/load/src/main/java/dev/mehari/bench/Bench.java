package dev.mehari.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** All measurements, one after the other, and the table of what came out. Called by {@code bench/run}. */
public final class Bench {
    private static final List<String> ALL = List.of("path", "doors", "discord", "backlog", "growth", "cost");

    private Bench() {}

    /** Arguments: project folder, work folder, java, redis-server, then the options that {@code bench/run --help} lists. */
    public static void main(String[] arguments) throws IOException {
        var options = Arrays.asList(arguments).subList(4, arguments.length);
        boolean quick = options.contains("--quick");
        var setup = new Setup(
                Path.of(arguments[0]),
                Path.of(arguments[1]),
                arguments[2],
                arguments[3],
                rows(options, quick),
                number(options, "--rounds", quick ? 1 : 3),
                Duration.ofSeconds(number(options, "--seconds", quick ? 4 : 10)),
                Duration.ofSeconds(number(options, "--warm-up", quick ? 4 : 60)));
        var table = new Table();
        var report = new StringBuilder();
        try (var redis = new RedisServer(setup.work().resolve("redis"), setup.redisProgram(), RedisServer.freePort())) {
            var sink = new Sink();
            Thread.ofPlatform().name("sink").daemon().start(sink);
            report.append(heading(setup, redis));
            measure(setup, redis, sink, table);
            report.append(table.markdown()).append("\nLoad of the machine afterwards: ").append(load()).append("\n");
        }
        System.out.println(report);
        if (options.contains("--record")) {
            var folder = Files.createDirectories(setup.project().resolve("bench/results"));
            Files.writeString(folder.resolve(LocalDate.now(ZoneOffset.UTC) + ".md"), report);
        }
        System.exit(0);
    }

    private static void measure(Setup setup, RedisServer redis, Sink sink, Table table) {
        if (setup.wants("path")) {
            new PathRows(setup, redis, sink, table).measure();
        }
        if (setup.wants("doors")) {
            new DoorRows(setup, redis, sink, table).measure();
        }
        if (setup.wants("discord")) {
            new DiscordRows(setup, redis, table).measure();
        }
        if (setup.wants("backlog")) {
            new BacklogRows(setup, redis, sink, table).measure();
        }
        if (setup.wants("growth")) {
            new GrowthRows(setup, redis, sink, table).measure();
        }
        if (setup.wants("cost")) {
            new CostRows(setup, sink, table).measure();
        }
    }

    private static Set<String> rows(List<String> options, boolean quick) {
        int at = options.indexOf("--rows");
        var wanted = at >= 0 ? List.of(options.get(at + 1).split(",")) : quick ? List.of("path") : ALL;
        if (!ALL.containsAll(wanted)) {
            throw new IllegalArgumentException("--rows takes some of " + String.join(",", ALL));
        }
        return new LinkedHashSet<>(wanted);
    }

    private static int number(List<String> options, String name, int otherwise) {
        int at = options.indexOf(name);
        return at < 0 ? otherwise : Integer.parseInt(options.get(at + 1));
    }

    private static String heading(Setup setup, RedisServer redis) throws IOException {
        return """
                # Measured %s

                Machine: %s, %d cores, %s; load before: %s.
                JVM %s, both sides with %s; Mehari with log level warn, five webhook channels with concurrency 16 unless a row says \
                otherwise; Redis %s, append-only file, everysec; load generator and sink in one JVM on the same cores; \
                bodies of %d bytes; %d rounds of %d s after %d s of warm-up, both sides in turn; median (range).

                """
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        cpu(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name") + " " + System.getProperty("os.version"),
                        load(),
                        System.getProperty("java.vm.version"),
                        String.join(" ", Setup.JVM),
                        redis.version(),
                        Requests.BODY_BYTES,
                        setup.rounds(),
                        setup.time().toSeconds(),
                        setup.warmUp().toSeconds());
    }

    private static String cpu() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.replaceFirst(".*: ", ""))
                    .orElse("unknown processor");
        }
    }

    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).replaceFirst("^(\\S+ \\S+ \\S+).*\\s*", "$1").toLowerCase(Locale.ROOT);
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void say(String text) {
        System.err.println(text);
    }
}
