package dev.mehari.bench;

import java.time.Duration;

/** The way of a message beside the same work in bare Java: accept, accept in batches, deliver; throughput and latency. */
final class PathRows {
    private static final int CONNECTIONS = 64;
    private static final int CHANNELS = 5;
    private static final String SINGLE = "durable accept, one a request, 64 connections";
    private static final String SINGLE_CPU = "… processor time each, JVM alone";
    private static final String PACED = "durable accept at 1000/s, 99th percentile";
    private static final String BATCH = "durable accept, batches of 100, 8 connections";
    private static final String END = "durable end to end, five channels, concurrency 16";
    private static final String END_CPU = "… processor time each, JVM alone, accept and deliver";
    private static final String END_50 = "end to end at 500/s, median";
    private static final String END_99 = "end to end at 500/s, 99th percentile";

    private final Setup setup;
    private final RedisServer redis;
    private final Sink sink;
    private final Table table;

    PathRows(Setup setup, RedisServer redis, Sink sink, Table table) {
        this.setup = setup;
        this.redis = redis;
        this.sink = sink;
        this.table = table;
    }

    void measure() {
        int port = RedisServer.freePort();
        var folder = GatewayFiles.toSink(setup, "path", sink.port(), CHANNELS, CHANNELS, 16);
        try (var reference = BareJava.start(setup, redis, sink, port, CHANNELS);
                var mehari = Gateway.start(setup, folder, redis.url(), setup.jvm())) {
            warmUp(port, mehari);
            for (int round = 1; round <= setup.rounds(); round++) {
                Bench.say("path, round " + round);
                accept(reference, port, mehari);
                paced(port, mehari);
                batch(port, mehari);
                endToEnd(reference, port, mehari);
                latency(port, mehari);
            }
        }
    }

    private void warmUp(int port, Gateway mehari) {
        Bench.say("path, warming up");
        load(port, BareJava.SINGLE).closed(CONNECTIONS, setup.warmUp().dividedBy(4));
        load(port, BareJava.DELIVER).closed(CONNECTIONS, setup.warmUp().dividedBy(4));
        load(mehari.port(), Mehari.SINGLE).closed(CONNECTIONS, setup.warmUp());
        settled();
        load(mehari.port(), Mehari.BATCH, 100).closed(8, setup.warmUp().dividedBy(4));
        settled();
    }

    private void accept(Running reference, int port, Gateway mehari) {
        fresh();
        double before = reference.cpuSeconds();
        var bare = closed(load(port, BareJava.SINGLE));
        table.reference(SINGLE_CPU, "µs", "", (reference.cpuSeconds() - before) * 1e6 / bare.answered());
        table.reference(SINGLE, "/s", "≥ 0.3, goal 0.5", bare.notificationsPerSecond());
        fresh(mehari);
        before = mehari.cpuSeconds();
        var ours = closed(load(mehari.port(), Mehari.SINGLE));
        table.mehari(SINGLE_CPU, "µs", "", (mehari.cpuSeconds() - before) * 1e6 / ours.answered());
        table.mehari(SINGLE, "/s", "≥ 0.3, goal 0.5", ours.notificationsPerSecond());
    }

    private void paced(int port, Gateway mehari) {
        fresh();
        table.reference(PACED, "ms", "≤ 5 ms", load(port, BareJava.SINGLE).open(CONNECTIONS, 1_000, setup.time()).millis(99));
        fresh(mehari);
        table.mehari(PACED, "ms", "≤ 5 ms", load(mehari.port(), Mehari.SINGLE).open(CONNECTIONS, 1_000, setup.time()).millis(99));
    }

    /** Beside single requests to the bare door: that is what it is asked to reach. */
    private void batch(int port, Gateway mehari) {
        fresh();
        table.reference(BATCH, "/s", "≥ 1 × single", closed(load(port, BareJava.SINGLE)).notificationsPerSecond());
        fresh(mehari);
        var ours = load(mehari.port(), Mehari.BATCH, 100).closed(8, setup.time());
        Mehari.sayRefused(ours);
        table.mehari(BATCH, "/s", "≥ 1 × single", ours.notificationsPerSecond());
    }

    private void endToEnd(Running reference, int port, Gateway mehari) {
        fresh();
        double before = reference.cpuSeconds();
        table.reference(END, "/s", "≥ 0.3, goal 0.5", Mehari.delivered(load(port, BareJava.DELIVER), sink, setup.time()));
        table.reference(END_CPU, "µs", "", (reference.cpuSeconds() - before) * 1e6 / sink.count());
        fresh();
        mehari.resume(CHANNELS);
        before = mehari.cpuSeconds();
        table.mehari(END, "/s", "≥ 0.3, goal 0.5", Mehari.delivered(load(mehari.port(), Mehari.SINGLE), sink, setup.time()));
        table.mehari(END_CPU, "µs", "", (mehari.cpuSeconds() - before) * 1e6 / sink.count());
    }

    private void latency(int port, Gateway mehari) {
        fresh();
        latencyOf(load(port, BareJava.DELIVER));
        table.reference(END_50, "ms", "≤ 2 ms", sink.millis(50));
        table.reference(END_99, "ms", "≤ 12 ms", sink.millis(99));
        fresh();
        mehari.resume(CHANNELS);
        latencyOf(load(mehari.port(), Mehari.SINGLE));
        table.mehari(END_50, "ms", "≤ 2 ms", sink.millis(50));
        table.mehari(END_99, "ms", "≤ 12 ms", sink.millis(99));
    }

    private void latencyOf(Load load) {
        load.open(CONNECTIONS, 500, Duration.ofSeconds(1));
        settled();
        sink.reset();
        load.open(CONNECTIONS, 500, setup.time());
        settled();
    }

    private Load.Result closed(Load load) {
        var result = load.closed(CONNECTIONS, setup.time());
        Mehari.sayRefused(result);
        return result;
    }

    /** Nothing in Redis. */
    private void fresh() {
        settled();
        redis.empty();
    }

    /** Nothing in Redis, and nothing leaves the lanes. */
    private void fresh(Gateway mehari) {
        fresh();
        mehari.pause(CHANNELS);
    }

    private void settled() {
        Mehari.settled(sink);
    }

    private static Load load(int port, String path) {
        return new Load(port, Requests.single(path, CHANNELS, CHANNELS));
    }

    private static Load load(int port, String path, int batch) {
        return new Load(port, Requests.batches(path, CHANNELS, batch));
    }
}
