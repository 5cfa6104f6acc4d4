package dev.mehari.bench;

import java.time.Duration;

/** A lane that holds a million: what a caller feels meanwhile, beside the same lane empty. */
final class BacklogRows {
    private static final int DEPTH = 1_000_000;
    private static final String ACCEPT = "durable accept, 64 connections, lanes ";
    private static final String PACED = "durable accept at 1000/s, 99th percentile, lanes ";
    private final Setup setup;
    private final RedisServer redis;
    private final Sink sink;
    private final Table table;

    BacklogRows(Setup setup, RedisServer redis, Sink sink, Table table) {
        this.setup = setup;
        this.redis = redis;
        this.sink = sink;
        this.table = table;
    }

    void measure() {
        redis.empty();
        var folder = GatewayFiles.toSink(setup, "backlog", sink.port(), 1, 1, 16);
        try (var mehari = Gateway.start(setup, folder, redis.url(), setup.jvm())) {
            Mehari.warmUp(setup, mehari, 1, 1);
            Mehari.settled(sink);
            redis.empty();
            mehari.pause(1);
            rows(mehari, "empty", "≤ 5 ms");
            Bench.say("backlog, filling a lane with a million");
            var batches = new Load(mehari.port(), Requests.batches(Mehari.BATCH, 1, 500));
            for (long depth = 0; depth < DEPTH; depth = mehari.total("inFlight")) {
                batches.closed(4, Duration.ofSeconds(5));
            }
            rows(mehari, "a million deep", "≤ 15 ms");
            drain(mehari);
        }
    }

    private void rows(Gateway mehari, String depth, String asked) {
        var load = new Load(mehari.port(), Requests.single(Mehari.SINGLE, 1, 1));
        for (int round = 1; round <= setup.rounds(); round++) {
            table.mehari(ACCEPT + depth, "/s", "", load.closed(64, setup.time().dividedBy(2)).notificationsPerSecond());
            table.mehari(PACED + depth, "ms", asked, load.open(64, 1_000, setup.time()).millis(99));
        }
    }

    /** While the deep lane is being emptied, callers come as before; it must not run empty meanwhile. */
    private void drain(Gateway mehari) {
        mehari.resume(1);
        var load = new Load(mehari.port(), Requests.single(Mehari.SINGLE, 1, 1));
        for (int round = 1; round <= setup.rounds(); round++) {
            sink.reset();
            long start = System.nanoTime();
            double latency = load.open(64, 1_000, setup.time()).millis(99);
            long delivered = sink.count();
            if (mehari.total("inFlight") < DEPTH / 20) {
                throw new IllegalStateException("The lane ran empty in round " + round + ": take fewer rounds or seconds");
            }
            table.mehari(PACED + "a million deep, being emptied", "ms", "≤ 15 ms", latency);
            table.mehari("… deliveries meanwhile", "/s", "", delivered / ((System.nanoTime() - start) / 1e9));
        }
    }
}
