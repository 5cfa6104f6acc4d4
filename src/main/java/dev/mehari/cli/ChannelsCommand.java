package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "channels",
        description = "Shows the channels: what goes there, how they stand.",
        subcommands = {ChannelsCommand.ListCommand.class, ChannelsCommand.TestCommand.class})
final class ChannelsCommand extends CliCommand {

    @Override
    public Integer call() {
        return list();
    }

    private int list() {
        JsonNode answer = gateway().get("/api/v1/channels");
        if (json()) {
            screen().json(answer);
            return Exit.OK;
        }
        List<List<String>> rows = new ArrayList<>();
        answer.path("channels").forEach(channel -> rows.add(row(channel)));
        screen().table(
                        List.of(
                                "CHANNEL",
                                "PROVIDER",
                                "STATE",
                                "BREAKER",
                                "WAITING",
                                "OLDEST",
                                "FALLBACK",
                                "WHAT GOES THERE"),
                        rows);
        return Exit.OK;
    }

    private static List<String> row(JsonNode channel) {
        String types = Texts.list(channel.path("types"));
        return List.of(
                Texts.text(channel.path("name")),
                Texts.text(channel.path("provider")) + (channel.path("sandbox").asBoolean() ? " (sandbox)" : ""),
                state(channel),
                Texts.text(channel.path("breaker")),
                Texts.text(channel.path("depth")),
                Texts.seconds(channel.path("oldestAgeSeconds")),
                Texts.text(channel.path("fallback")),
                types.isEmpty() ? Texts.text(channel.path("description")) : types);
    }

    static String state(JsonNode channel) {
        if (channel.path("broken").isTextual()) {
            return "broken: " + Texts.shortened(channel.path("broken").asText(), 60);
        }
        return channel.path("paused").isTextual()
                ? "paused " + Texts.shortened(channel.path("paused").asText(), 60)
                : "ok";
    }

    @Command(name = "list", description = "The same.")
    static final class ListCommand extends CliCommand {
        @Override
        public Integer call() {
            return ((ChannelsCommand) spec().parent().userObject()).list();
        }
    }

    @Command(name = "test", description = "Sends a short message through one channel.")
    static final class TestCommand extends CliCommand {
        @Parameters(paramLabel = "CHANNEL")
        private String name = "";

        @Override
        public Integer call() {
            JsonNode answer = gateway().post("/api/v1/channels/" + Gateway.part(name) + "/test", java.util.Map.of());
            if (json()) {
                screen().json(answer);
            } else {
                screen().line("Test " + answer.path("id").asText() + " stands in the lane of " + name + ".");
            }
            return Exit.OK;
        }
    }

    /** What pausing and resuming have in common. */
    static int change(CliCommand command, @Nullable String name, String verb, String done) {
        JsonNode answer = command.gateway()
                .post("/api/v1/channels/" + Gateway.part(String.valueOf(name)) + "/" + verb, java.util.Map.of());
        if (command.json()) {
            command.screen().json(answer);
        } else {
            command.screen()
                    .line("Channel " + name + " " + done + "; "
                            + answer.path("depth").asLong() + " waiting.");
        }
        return Exit.OK;
    }
}
