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

    /**
     * Accepts for so long, then waits for the last; the clock runs until that one is there.
     *
     * @return how many came to the sink a second
     * @throws IllegalStateException fewer came than were accepted
     */
    static double delivered(Load load, Sink sink, Duration time) {
        sink.reset();
        long start = System.nanoTime();
        var result = load.closed(64, time);
        sayRefused(result);
        settled(sink);
        if (sink.count() < result.answered()) {
            throw new IllegalStateException(result.answered() + " were accepted, " + sink.count() + " came to the sink");
        }
        return sink.count() / ((sink.lastAt() - start) / 1e9);
    }

    static void sayRefused(Load.Result result) {
        if (result.refused() > 0) {
            Bench.say("  " + result.refused() + " requests were refused or broke");
        }
    }

    static void warmUp(Setup setup, Gateway mehari, int channels, int types) {
        new Load(mehari.port(), Requests.single(SINGLE, channels, types)).closed(64, setup.warmUp());
    }
}
