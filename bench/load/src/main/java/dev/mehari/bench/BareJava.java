package dev.mehari.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The reference: the same work in bare Java. */
final class BareJava {
    static final String SINGLE = "/durable";
    static final String DELIVER = "/deliver";

    private BareJava() {}

    /** Starts it, and returns when it is ready. */
    static Running start(Setup setup, RedisServer redis, Sink sink, int port, int channels) {
        var classPath = setup.referenceClasses().resolve("classes") + ":" + setup.referenceClasses().resolve("lib") + "/*";
        var command = new ArrayList<>(List.of(setup.java()));
        command.addAll(Setup.JVM);
        command.addAll(List.of("-cp", classPath, "dev.mehari.bench.reference.Reference",
                Integer.toString(port), redis.url(), Integer.toString(sink.port()), Integer.toString(channels)));
        var name = "reference-" + channels;
        var reference = new Running(setup.work().resolve(name), setup.work().resolve(name + ".log"), Map.of(), command);
        reference.await("The start of the reference", Duration.ofSeconds(20), () -> reference.said().contains("ready"));
        return reference;
    }
}
