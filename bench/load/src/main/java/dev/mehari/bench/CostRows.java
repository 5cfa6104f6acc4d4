package dev.mehari.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;

/** What it costs to have it: start, memory and processor time at rest with the engines of its own, and the jar. */
final class CostRows {
    /** After a minute without work the gateway gives memory back, once: at rest is what comes then. */
    private static final Duration COMES_TO_REST = Duration.ofSeconds(100);

    private static final Duration REST = Duration.ofSeconds(30);
    private final Setup setup;
    private final Sink sink;
    private final Table table;

    CostRows(Setup setup, Sink sink, Table table) {
        this.setup = setup;
        this.sink = sink;
        this.table = table;
    }

    void measure() {
        table.mehari("jar", "MB", "≤ 150", jarMegabytes());
        double five = atRest("cost-5", 5);
        double twoHundred = atRest("cost-200", 200);
        table.mehari("200 channels instead of 5, at rest", "MB more", "< 100", twoHundred - five);
        starts();
    }

    private double jarMegabytes() {
        try {
            return Files.size(setup.jar()) / 1e6;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Megabytes in use by an idle gateway that has done some work. */
    private double atRest(String name, int channels) {
        Bench.say("cost, " + channels + " channels at rest");
        var folder = GatewayFiles.toSink(setup, name, sink.port(), channels, channels, 16);
        try (var mehari = Gateway.start(setup, folder, "", setup.jvm())) {
            table.mehari("memory of the JVM after the start, " + channels + " channels", "MB", channels == 5 ? "≤ 260" : "",
                    mehari.residentMegabytes());
            new Load(mehari.port(), Requests.single(Mehari.SINGLE, channels, channels)).open(8, 100, Duration.ofSeconds(10));
            Bench.pause(COMES_TO_REST);
            double before = mehari.cpuSeconds();
            Bench.pause(REST);
            double percent = (mehari.cpuSeconds() - before) / REST.toSeconds() * 100;
            table.mehari("processor time at rest, " + channels + " channels", "% of a core", "< 1", percent);
            table.mehari("memory of the JVM at rest, " + channels + " channels", "MB", channels == 5 ? "≤ 260" : "",
                    mehari.residentMegabytes());
            return mehari.residentMegabytes();
        }
    }

    /** The first start unpacks; those after it are warm. */
    private void starts() {
        var folder = GatewayFiles.toSink(setup, "cost-start", sink.port(), 5, 5, 16);
        for (int round = 0; round <= setup.rounds(); round++) {
            try (var mehari = Gateway.start(setup, folder, "")) {
                table.mehari(round == 0 ? "healthy after a first start" : "healthy after a warm start", "s",
                        round == 0 ? "" : "≤ 4", mehari.startSeconds());
            }
        }
    }
}
