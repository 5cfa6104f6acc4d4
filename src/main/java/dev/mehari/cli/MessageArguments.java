package dev.mehari.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a message is given on the command line: by its parts, or as a file. */
final class MessageArguments {
    @Parameters(index = "0", arity = "0..1", paramLabel = "TYPE", description = "Its type: trade.opened")
    private @Nullable String type;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TEXT",
            description = "Its text; - reads it from the standard input.")
    private @Nullable String text;

    @Mixin
    private MessageParts parts = new MessageParts();

    @Option(
            names = {"-c", "--channel"},
            description = "Straight to this channel, past the router.")
    private @Nullable String channel;

    @Option(names = "--dedupe-key", paramLabel = "KEY", description = "Sent twice within 24 h, it arrives once.")
    private @Nullable String dedupeKey;

    @Option(
            names = "--expires-at",
            paramLabel = "TIME",
            description = "Not worth delivering after: 2026-11-20T18:00:00Z.")
    private @Nullable String expiresAt;

    @Option(names = "--trace", paramLabel = "ID", description = "The trace it belongs to.")
    private @Nullable String trace;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A whole notification as JSON; to send, also a list, or one a line. - is the standard input.")
    private @Nullable String file;

    /**
     * One notification, or the list that the file holds.
     *
     * @param example a command line that names a type, for who named none
     */
    JsonNode read(Surroundings around, String example) throws IOException {
        if (file != null) {
            return readFile(around, file);
        }
        if (type == null) {
            throw Failure.usage("Name the type: " + example + ". 'mehari channels' shows where they go.");
        }
        return notification(around);
    }

    private ObjectNode notification(Surroundings around) throws IOException {
        ObjectNode body = Json.object();
        MessageParts.put(body, "type", type);
        MessageParts.put(body, "text", "-".equals(text) ? standardInput(around) : text);
        MessageParts.put(body, "channel", channel);
        MessageParts.put(body, "dedupeKey", dedupeKey);
        MessageParts.put(body, "expiresAt", expiresAt);
        MessageParts.put(body, "traceId", trace);
        parts.put(body);
        return body;
    }

    private static String standardInput(Surroundings around) throws IOException {
        return new String(around.in().readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    }

    private JsonNode readFile(Surroundings around, String name) throws IOException {
        if (type != null || parts.hasData()) {
            throw Failure.usage("--file holds the whole notification: leave type, text and --data out.");
        }
        String content = name.equals("-")
                ? standardInput(around)
                : Files.readString(around.path(name)).strip();
        return parse(name, content);
    }

    private static JsonNode parse(String name, String content) {
        try {
            return Json.read(content);
        } catch (JsonProcessingException oneALine) {
            return parseLines(
                    name, content.lines().filter(line -> !line.isBlank()).toList());
        }
    }

    private static JsonNode parseLines(String name, List<String> lines) {
        var all = Json.object().putArray("all");
        for (int at = 0; at < lines.size(); at++) {
            try {
                all.add(Json.read(lines.get(at)));
            } catch (JsonProcessingException e) {
                throw Failure.refused((name.equals("-") ? "The standard input" : name)
                        + " is neither JSON nor JSON lines; line " + (at + 1) + ": " + e.getOriginalMessage() + ".");
            }
        }
        return all;
    }
}
