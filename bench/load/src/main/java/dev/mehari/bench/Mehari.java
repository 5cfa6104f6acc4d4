package dev.mehari.bench;

import java.time.Duration;

/** What all measurements of the gateway share. */
final class Mehari {
    static final String SINGLE = "/api/v1/notifications";
    static final String BATCH = "/api/v1/notifications/batch";
    private static final Duration QUIET = Duration.ofMillis(1_200);

    private Mehari() {}

    /** Waits until nothing has come to the sink for a while. */
    static void settled(Sink sink) {
        long count = -1;
        while (count != sink.count()) {
            count = sink.count();
            Bench.pause(QUIET);
        }
    }

    static void warmUp(Setup setup, Gateway mehari, int channels, int types) {
        new Load(mehari.port(), Requests.single(SINGLE, channels, types)).closed(64, setup.warmUp());
    }
}
