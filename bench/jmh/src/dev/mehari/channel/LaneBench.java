package dev.mehari.channel;

import dev.mehari.notification.Draft;
import dev.mehari.notification.Sample;
import dev.mehari.redis.RedisGate;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A lane on a real Redis: put alone, and the whole life of a delivery. One caller, so each includes its round trips. */
@State(Scope.Benchmark)
public class LaneBench {
    /** 0: without the history's events. */
    @Param({"0", "1000000"})
    public long eventsKept;

    private final Draft draft = Sample.draft();
    private Process server;
    private RedisClient client;
    private RedisGate gate;
    private Lane lane;
    private Lane onlyPut;

    @Setup
    public void start() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        server = new ProcessBuilder(
                        System.getenv("MEHARI_BENCH_REDIS"),
                        "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
                .redirectErrorStream(true)
                .start();
        untilItListens();
        client = RedisClient.create("redis://127.0.0.1:" + port);
        var connection = client.connect(ByteArrayCodec.INSTANCE).async();
        gate = new RedisGate(() -> connection);
        var settings = new LaneSettings("bench:", "node", eventsKept);
        lane = lane("trades", settings);
        onlyPut = lane("growing", settings);
    }

    private void untilItListens() throws IOException {
        var said = server.inputReader();
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains("eady to accept connections")) {
                return;
            }
        }
        throw new IOException("Redis does not start");
    }

    private Lane lane(String channel, LaneSettings settings) {
        return new Lane(channel, settings, gate, Clock.systemUTC(), new WakeUp(), new Soon(), () -> {});
    }

    @TearDown
    public void stop() {
        client.shutdown();
        server.destroy();
    }

    @Benchmark
    public boolean put() {
        var notification = Sample.stamped(draft);
        return gate.await(onlyPut.put(notification, notification.id(), "trade.opened", null));
    }

    @Benchmark
    public void putTakeFinish() {
        var notification = Sample.stamped(draft);
        gate.await(lane.put(notification, notification.id(), "trade.opened", null));
        var taken = (Lane.Look.Taken) lane.take(1, false, "");
        taken.entries().forEach(entry -> gate.await(lane.finish(entry, new Settlement.Delivered(null), 1, null)));
    }
}
