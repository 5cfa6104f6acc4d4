package dev.mehari.bench;

import java.time.Duration;

/**
 * The same load with more channels, and with more types. With more channels less comes together, in the gateway as in bare
 * Java: beside each other they show what grows with the work and what only here. One process for each row, warm, and a third of
 * the usual time for each measurement; with two rounds and 45 s of warm-up all of them take less than a quarter of an hour.
 */
final class GrowthRows {
    private static final String ACCEPT = "durable accept, ";
    private static final String PACED = "durable accept at 1000/s, 99th percentile, ";
    private static final String END = "durable end to end, ";
    private static final String END_CPU = "… processor time each, JVM alone, ";

    private final Setup setup;
    private final RedisServer redis;
    private final Sink sink;
    private final Table table;
    private final Duration time;

    GrowthRows(Setup setup, RedisServer redis, Sink sink, Table table) {
        this.setup = setup;
        this.redis = redis;
        this.sink = sink;
        this.table = table;
        this.time = setup.time().dividedBy(3);
    }

    void measure() {
        for (int channels : new int[] {1, 5, 50, 200}) {
            besideBareJava(channels, channels + (channels == 1 ? " channel" : " channels"));
        }
        for (int types : new int[] {10, 100, 1_000}) {
            redis.empty();
            try (var mehari = warm(5, types)) {
                for (int round = 1; round <= setup.rounds(); round++) {
                    measure(mehari, 5, types, "5 channels, " + types + " types");
                }
            }
        }
    }

    private void besideBareJava(int channels, String what) {
        redis.empty();
        int port = RedisServer.freePort();
        try (var bare = BareJava.start(setup, redis, sink, port, channels);
                var mehari = warm(channels, channels)) {
            var load = new Load(port, Requests.single(BareJava.DELIVER, channels, channels));
            load.closed(64, setup.warmUp().dividedBy(4));
            for (int round = 1; round <= setup.rounds(); round++) {
                measure(mehari, channels, channels, what);
                fresh();
                double before = bare.cpuSeconds();
                table.reference(END + what, "/s", "", Mehari.delivered(load, sink, time));
                table.reference(END_CPU + what, "µs", "", microseconds(bare, before));
            }
        }
    }

    private Gateway warm(int channels, int types) {
        Bench.say("growth, " + channels + " channels, " + types + " types");
        var folder = GatewayFiles.toSink(setup, "growth-" + channels + "-" + types, sink.port(), channels, types, 16);
        var mehari = Gateway.start(setup, folder, redis.url(), setup.jvm());
        Mehari.warmUp(setup, mehari, channels, types);
        return mehari;
    }

    private void measure(Gateway mehari, int channels, int types, String what) {
        var load = new Load(mehari.port(), Requests.single(Mehari.SINGLE, channels, types));
        fresh();
        mehari.pause(channels);
        table.mehari(ACCEPT + what, "/s", "", load.closed(64, time).notificationsPerSecond());
        redis.empty();
        mehari.pause(channels);
        table.mehari(PACED + what, "ms", "", load.open(64, 1_000, time).millis(99));
        redis.empty();
        mehari.resume(channels);
        double before = mehari.cpuSeconds();
        table.mehari(END + what, "/s", "", Mehari.delivered(load, sink, time));
        table.mehari(END_CPU + what, "µs", "", microseconds(mehari, before));
    }

    private double microseconds(Running process, double cpuSecondsBefore) {
        return (process.cpuSeconds() - cpuSecondsBefore) * 1e6 / sink.count();
    }

    private void fresh() {
        Mehari.settled(sink);
        redis.empty();
    }
}
