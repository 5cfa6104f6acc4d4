package dev.mehari.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the Redis doors take: a list that is full, and what is published while the gateway listens. */
final class DoorRows {
    private static final int CHANNELS = 5;
    private static final String QUEUE = "notifications:queue";

    private final Setup setup;
    private final RedisServer redis;
    private final Sink sink;
    private final Table table;

    DoorRows(Setup setup, RedisServer redis, Sink sink, Table table) {
        this.setup = setup;
        this.redis = redis;
        this.sink = sink;
        this.table = table;
    }

    void measure() {
        redis.empty();
        var folder = GatewayFiles.toSink(setup, "doors", sink.port(), CHANNELS, CHANNELS, 16);
        try (var mehari = Gateway.start(setup, folder, redis.url(), setup.jvm());
                var client = redis.connect()) {
            mehari.pause(CHANNELS);
            list(mehari, client, 20_000);
            publish(mehari, client, 20_000);
            for (int round = 1; round <= setup.rounds(); round++) {
                Bench.say("doors, round " + round);
                table.mehari("Redis list", "/s", "≥ 10 000", list(mehari, client, 100_000));
                table.mehari("Redis pub/sub", "/s", "≥ 10 000", publish(mehari, client, 50_000));
            }
            million(mehari, client);
        }
    }

    private double list(Gateway mehari, RedisClient client, int count) {
        long start = filled(mehari, client, count);
        return count / taken(mehari, client, count, start);
    }

    /** When the door found it. */
    private long filled(Gateway mehari, RedisClient client, int count) {
        fresh(mehari);
        // Filled beside the door and renamed, so that its time does not hold ours.
        client.callAll(List.of("LPUSH", "filling"), bodies(count));
        long start = System.nanoTime();
        client.call("RENAME", "filling", QUEUE);
        return start;
    }

    private double publish(Gateway mehari, RedisClient client, int count) {
        fresh(mehari);
        var bodies = bodies(count);
        long start = System.nanoTime();
        client.callAll(List.of("PUBLISH", "notifications"), bodies);
        return count / taken(mehari, client, count, start);
    }

    /**
     * The heap may take the room it is given; what it holds must not grow with what came in. A tenth of the way it holds what
     * is under way, which is no more at nine tenths.
     */
    private void million(Gateway mehari, RedisClient client) {
        double before = leastHeld(mehari);
        long start = filled(mehari, client, 1_000_000);
        taken(mehari, client, 100_000, start);
        double early = leastHeld(mehari);
        taken(mehari, client, 900_000, start);
        double late = leastHeld(mehari);
        table.mehari("list of a million drains", "s", "", taken(mehari, client, 1_000_000, start));
        table.mehari("… a tenth of the way, held by the heap for what is under way", "MB", "", early - before);
        table.mehari("… from there to nine tenths, more held by the heap", "MB", "0", late - early);
    }

    /** The least of three collections: each finds something else under way. */
    private static double leastHeld(Gateway mehari) {
        return IntStream.range(0, 3).mapToDouble(look -> mehari.heldMegabytes()).min().orElseThrow();
    }

    /** Seconds until so many stand in the lanes. */
    private double taken(Gateway mehari, RedisClient client, int count, long start) {
        mehari.await(count + " taken", Duration.ofMinutes(10), () -> accepted(client) >= count);
        return (System.nanoTime() - start) / 1e9;
    }

    private static long accepted(RedisClient client) {
        long sum = 0;
        for (int i = 0; i < CHANNELS; i++) {
            sum += client.call("HGET", "mehari:{c" + i + "}:ledger", "accepted") instanceof String count
                    ? Long.parseLong(count)
                    : 0;
        }
        return sum;
    }

    private void fresh(Gateway mehari) {
        redis.empty();
        mehari.pause(CHANNELS);
    }

    private static List<String> bodies(int count) {
        var five = new ArrayList<String>();
        for (int i = 0; i < CHANNELS; i++) {
            five.add(Requests.body(i, i));
        }
        return new java.util.AbstractList<>() {
            @Override
            public String get(int index) {
                return five.get(index % CHANNELS);
            }

            @Override
            public int size() {
                return count;
            }
        };
    }
}
