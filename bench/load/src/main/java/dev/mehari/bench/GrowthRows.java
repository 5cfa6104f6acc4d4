package dev.mehari.bench;

/**
 * The same load with more channels, and with more types; each warm, and a third of the usual time for each row, so that all
 * of them take about ten minutes.
 */
final class GrowthRows {
    private final Setup setup;
    private final RedisServer redis;
    private final Sink sink;
    private final Table table;

    GrowthRows(Setup setup, RedisServer redis, Sink sink, Table table) {
        this.setup = setup;
        this.redis = redis;
        this.sink = sink;
        this.table = table;
    }

    void measure() {
        for (int channels : new int[] {1, 5, 50, 200}) {
            measure(channels, channels, channels + (channels == 1 ? " channel" : " channels"));
        }
        for (int types : new int[] {10, 100, 1_000}) {
            measure(5, types, "5 channels, " + types + " types");
        }
    }

    private void measure(int channels, int types, String what) {
        Bench.say("growth, " + what);
        redis.empty();
        var folder = GatewayFiles.toSink(setup, "growth-" + channels + "-" + types, sink.port(), channels, types, 16);
        try (var mehari = Gateway.start(setup, folder, redis.url(), setup.jvm())) {
            Mehari.warmUp(setup, mehari, channels, types);
            Mehari.settled(sink);
            var load = new Load(mehari.port(), Requests.single(Mehari.SINGLE, channels, types));
            var time = setup.time().dividedBy(3);
            for (int round = 1; round <= setup.rounds(); round++) {
                fresh(mehari, channels);
                table.mehari("durable accept, " + what, "/s", "", load.closed(64, time).notificationsPerSecond());
                fresh(mehari, channels);
                table.mehari("durable accept at 1000/s, 99th percentile, " + what, "ms", "",
                        load.open(64, 1_000, time).millis(99));
                redis.empty();
                mehari.resume(channels);
                sink.reset();
                long start = System.nanoTime();
                load.closed(64, time);
                Mehari.settled(sink);
                table.mehari("durable end to end, " + what, "/s", "", sink.count() / ((sink.lastAt() - start) / 1e9));
            }
        }
    }

    private void fresh(Gateway mehari, int channels) {
        redis.empty();
        mehari.pause(channels);
    }
}
