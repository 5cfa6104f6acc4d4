package dev.mehari.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a run was asked for and what it runs with.
 *
 * @param project the repository's root
 * @param work an empty folder for this run
 * @param java the program for all JVMs
 * @param redisProgram a redis-server
 * @param rows names of the groups of rows to measure
 * @param rounds how often each is measured
 * @param time of one measurement
 * @param warmUp before the first of a process
 */
record Setup(
        Path project,
        Path work,
        String java,
        String redisProgram,
        Set<String> rows,
        int rounds,
        Duration time,
        Duration warmUp) {
    /** The gateway's jar; {@code MEHARI_BENCH_JAR} names another one, to measure a change beside what was before. */
    Path jar() {
        return Path.of(System.getenv().getOrDefault(
                "MEHARI_BENCH_JAR", project.resolve("target/mehari.jar").toString()));
    }

    /** What both sides run with: a small first heap, half a gigabyte at most, and what the image sets for small machines (docs/decisions/0037, 0075). */
    static final List<String> JVM = Stream.concat(
                    Stream.of(
                            "-Xms32m",
                            "-Xmx512m",
                            "-XX:-ShrinkHeapInSteps",
                            "-XX:SoftRefLRUPolicyMSPerMB=10",
                            "-XX:+UseSerialGC"),
                    Stream.of("-XX:+UseCompactObjectHeaders").filter(option -> Runtime.version().feature() >= 25))
            .toList();

    /** Further arguments for measured gateways, from {@code MEHARI_BENCH_JVM}: a flight recorder, say. */
    String[] jvm() {
        var more = System.getenv().getOrDefault("MEHARI_BENCH_JVM", "").trim();
        return more.isEmpty() ? new String[0] : more.split("\\s+");
    }

    Path referenceClasses() {
        return project.resolve("bench/target/reference");
    }

    boolean wants(String row) {
        return rows.contains(row);
    }
}
