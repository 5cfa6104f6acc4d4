package dev.mehari.channel;

import dev.mehari.notification.Draft;
import dev.mehari.notification.Sample;
import dev.mehari.redis.RedisGate;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import redis.embedded.RedisServer;

/** A lane on a real Redis: put alone, and the whole life of a delivery. One caller, so each includes its round trips. */
@State(Scope.Benchmark)
public class LaneBench {
    /** 0: without the history's events. */
    @Param({"0", "1000000"})
    public long eventsKept;

    private final Draft draft = Sample.draft();
    private RedisServer server;
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
        server = RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").setting("appendonly no").build();
        server.start();
        client = RedisClient.create("redis://127.0.0.1:" + port);
        var connection = client.connect(ByteArrayCodec.INSTANCE).async();
        gate = new RedisGate(() -> connection, Duration.ofSeconds(5));
        var settings = new LaneSettings("bench:", "node", eventsKept);
        lane = new Lane("trades", settings, gate, Clock.systemUTC());
        onlyPut = new Lane("growing", settings, gate, Clock.systemUTC());
    }

    @TearDown
    public void stop() throws IOException {
        client.shutdown();
        server.stop();
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
        taken.entries().forEach(entry -> lane.finish(entry, new Settlement.Delivered(null), 1));
    }
}
