package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "top", description = "Shows the lanes live: what waits, since when, how fast it goes. q quits.")
final class TopCommand extends CliCommand {
    private static final String HOME_AND_CLEAR = "\033[H\033[2J";

    @Option(
            names = {"-i", "--interval"},
            paramLabel = "TIME",
            description = "How often to look (${DEFAULT-VALUE}).")
    private String interval = "1s";

    @Option(names = "--once", description = "Look once. So it is also where the output is no terminal.")
    private boolean once;

    private final Map<String, Long> delivered = new HashMap<>();
    private @Nullable Instant lookedAt;

    @Override
    public Integer call() throws IOException {
        long millis = interval();
        if (json()) {
            screen().json(gateway().get("/api/v1/channels"));
            return Exit.OK;
        }
        if (once || !around().shown() || !around().typed()) {
            show();
            return Exit.OK;
        }
        try (Keyboard keyboard = around().keyboard().get()) {
            Keyboard.Key key = Keyboard.Key.NONE;
            while (key != Keyboard.Key.QUIT) {
                refresh();
                key = keyboard.read(millis);
            }
        }
        return Exit.OK;
    }

    private long interval() {
        try {
            return Math.max(100, Ages.duration(interval).toMillis());
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--interval: " + e.getMessage());
        }
    }

    /** A gateway that is away for a moment is waited for. */
    private void refresh() {
        PrintStream out = around().out();
        try {
            JsonNode channels = gateway().get("/api/v1/channels");
            out.print(HOME_AND_CLEAR);
            print(channels);
        } catch (Failure away) {
            out.print(HOME_AND_CLEAR);
            screen().line(screen().red(Screen.clean(away.sentence())));
        }
        screen().line(screen().dim("q quits"));
        out.flush();
    }

    private void show() {
        print(gateway().get("/api/v1/channels"));
    }

    private void print(JsonNode answer) {
        Instant now = around().clock().instant();
        Duration since = lookedAt == null ? Duration.ZERO : Duration.between(lookedAt, now);
        List<List<String>> rows = new ArrayList<>();
        answer.path("channels").forEach(channel -> rows.add(row(channel, since)));
        lookedAt = now;
        screen().table(
                        List.of("CHANNEL", "STATE", "BREAKER", "WAITING", "OLDEST", "PER SECOND", "DELIVERED", "DEAD"),
                        rows);
    }

    private List<String> row(JsonNode channel, Duration since) {
        String name = Texts.text(channel.path("name"));
        JsonNode counts = channel.path("deliveries");
        long done = counts.path("delivered").asLong();
        Long before = delivered.put(name, done);
        return List.of(
                name,
                ChannelsCommand.state(channel),
                Texts.text(channel.path("breaker")),
                Texts.text(channel.path("depth")),
                Texts.seconds(channel.path("oldestAgeSeconds")),
                before == null || since.isZero()
                        ? "-"
                        : String.format(Locale.ROOT, "%.1f", (done - before) * 1000.0 / since.toMillis()),
                String.valueOf(done),
                String.valueOf(counts.path("dead").asLong()));
    }
}
