package dev.mehari.sandbox;

import dev.mehari.testkit.MutableClock;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** A small client of one imitated provider with one channel, {@code trades}, for tests without a network. */
public final class Calls {
    public final MutableClock clock = MutableClock.at("2026-11-20T08:00:00Z");
    public final Inbox inbox = new Inbox(1000, 64 << 20);
    public final Violations violations = new Violations(clock);
    public final Simulator simulator;
    public final String path;

    public Calls(Function<Calls, Simulator> make) {
        simulator = make.apply(this);
        path = simulator.register("trades");
    }

    public Answer json(String target, String body) {
        return call("POST", target, Map.of("Content-Type", "application/json"), body);
    }

    public Answer call(String method, String target, Map<String, String> headers, String body) {
        return simulator.answer(
                Request.of(method, target, headers, body.getBytes(StandardCharsets.UTF_8), "192.0.2.1"));
    }

    public InboxMessage newest() {
        return inbox.messages("trades").getFirst();
    }
}
