package dev.mehari.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the operators' files of a measured gateway: so many channels to the sink, so many types, a branch a channel. */
final class GatewayFiles {
    private static final String DEFAULTS = """
            defaults:
              throttle: { requests: 200, period: 10ms }
              retry: { attempts: 8, delay: 1s, multiplier: 2, max-delay: 60s, jitter: 0.2 }
              breaker: { failure-rate: 50, window: 20, minimum-calls: 5, open-for: 30s }
              expire-after: 24h
            """;

    private GatewayFiles() {}

    /** @param concurrency requests under way in each channel; 1 keeps order */
    static Path toSink(Setup setup, String name, int sinkPort, int channels, int types, int concurrency) {
        var text = new StringBuilder(DEFAULTS + "  concurrency: " + concurrency + "\nchannels:\n");
        for (int i = 0; i < channels; i++) {
            text.append("  c%d:\n    provider: webhook\n    url: http://127.0.0.1:%d/c%d\n".formatted(i, sinkPort, i));
        }
        return write(setup, name, text.toString(), channels, types);
    }

    /** One channel that speaks Discord to the built-in sandbox, with Discord's own limits. */
    static Path toSandbox(Setup setup, String name) {
        var text = "defaults:\n  throttle: { requests: 5, period: 2s }\n  coalesce: 10\nchannels:\n"
                + "  c0:\n    provider: discord\n    url: ''\n";
        return write(setup, name, text, 1, 1);
    }

    private static Path write(Setup setup, String name, String channelsYaml, int channels, int types) {
        var folder = setup.work().resolve(name);
        try {
            copy(setup.project().resolve("config/templates"), folder.resolve("config/templates"));
            Files.createDirectories(folder.resolve("routes"));
            for (var file : new String[] {"delivery.yaml", "dead-letter.yaml"}) {
                Files.copy(setup.project().resolve("routes").resolve(file), folder.resolve("routes").resolve(file));
            }
            Files.writeString(folder.resolve("config/channels.yaml"), channelsYaml);
            Files.writeString(folder.resolve("config/types.yaml"), typesYaml(channels, types));
            Files.writeString(folder.resolve("config/application.yaml"), "mehari.routing.default-channel: c0\n");
            Files.writeString(folder.resolve("routes/routing.yaml"), routing(channels));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private static String typesYaml(int channels, int types) {
        var text = new StringBuilder("types:\n");
        for (int i = 0; i < types; i++) {
            text.append("  bench.c%d.t%d:\n    color: blue\n".formatted(i % channels, i));
        }
        return text.toString();
    }

    private static String routing(int channels) {
        var text = new StringBuilder("""
                - route:
                    id: routing
                    description: Sends each notification type to its channel
                    from:
                      uri: direct:route
                      steps:
                        - choice:
                            when:
                """);
        for (int i = 0; i < channels; i++) {
            text.append("              - simple: \"${variable.type} startsWith 'bench.c%d.'\"\n".formatted(i));
            text.append("                steps:\n                  - to: channel:c%d\n".formatted(i));
        }
        return text + "            otherwise:\n              steps:\n                - to: direct:unmatched\n";
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
