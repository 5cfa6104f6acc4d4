package dev.mehari.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "send",
        description = "Sends a notification and says which channels it goes to.",
        footer = {
            "",
            "  mehari send trade.opened --data symbol=BTCUSDT --data side=long --data price=67250.5",
            "  mehari send system.alert 'Disk 91 % full' --priority high",
            "  df -h | mehari send system.status --title Disks -",
            "  mehari send --file notification.json"
        })
final class SendCommand extends CliCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "TYPE", description = "Its type: trade.opened")
    private @Nullable String type;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TEXT",
            description = "Its text; - reads it from the standard input.")
    private @Nullable String text;

    @Option(
            names = {"-t", "--title"},
            description = "Its title.")
    private @Nullable String title;

    @Option(
            names = {"-d", "--data"},
            paramLabel = "KEY=VALUE|JSON",
            description =
                    "A value of its data, or an object of several. A number, true, false, a list or an object is taken "
                            + "as such, anything else as text. May be repeated.")
    private List<String> data = new ArrayList<>();

    @Option(
            names = {"-p", "--priority"},
            description = "low, normal, high or critical.")
    private @Nullable String priority;

    @Option(
            names = {"-c", "--channel"},
            description = "Straight to this channel, past the router.")
    private @Nullable String channel;

    @Option(names = "--recipient", description = "For whom it is.")
    private @Nullable String recipient;

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
            description =
                    "A whole notification as JSON; a list, or one a line, is sent as a batch. - is the standard input.")
    private @Nullable String file;

    @Override
    public Integer call() throws IOException {
        if (file != null) {
            return sendFile(file);
        }
        if (type == null) {
            throw Failure.usage(
                    "Name the type: mehari send system.status 'All is well'. 'mehari channels' shows where they go.");
        }
        return sendOne(notification());
    }

    private ObjectNode notification() throws IOException {
        ObjectNode body = Json.object();
        put(body, "type", type);
        put(body, "title", title);
        put(body, "text", "-".equals(text) ? standardInput() : text);
        put(body, "priority", priority);
        put(body, "channel", channel);
        put(body, "recipient", recipient);
        put(body, "dedupeKey", dedupeKey);
        put(body, "expiresAt", expiresAt);
        put(body, "traceId", trace);
        if (!data.isEmpty()) {
            ObjectNode values = body.putObject("data");
            data.forEach(one -> addData(values, one));
        }
        return body;
    }

    private static void put(ObjectNode body, String key, @Nullable String value) {
        if (value != null) {
            body.put(key, value);
        }
    }

    private static void addData(ObjectNode values, String given) {
        if (given.startsWith("{")) {
            values.setAll(object(given));
            return;
        }
        int equals = given.indexOf('=');
        if (equals < 1) {
            throw Failure.usage("--data takes KEY=VALUE or a JSON object, not '" + given + "'.");
        }
        values.set(given.substring(0, equals), value(given.substring(equals + 1)));
    }

    private static ObjectNode object(String text) {
        try {
            return (ObjectNode) Json.read(text);
        } catch (JsonProcessingException e) {
            throw Failure.usage("--data is not JSON: " + e.getOriginalMessage() + ".");
        }
    }

    private static JsonNode value(String text) {
        try {
            JsonNode node = Json.read(text);
            return node.isMissingNode() || node.isTextual() ? Json.object().textNode(text) : node;
        } catch (JsonProcessingException plain) {
            return Json.object().textNode(text);
        }
    }

    private String standardInput() throws IOException {
        InputStream in = around().in();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    }

    private int sendFile(String name) throws IOException {
        if (type != null || !data.isEmpty()) {
            throw Failure.usage("--file holds the whole notification: leave type, text and --data out.");
        }
        String content = name.equals("-")
                ? standardInput()
                : Files.readString(around().path(name)).strip();
        JsonNode body = parse(name, content);
        return body.isArray() ? sendBatch(body) : sendOne(body);
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

    private int sendOne(JsonNode body) {
        JsonNode answer = gateway().post("/api/v1/notifications", body);
        if (json()) {
            screen().json(answer);
            return Exit.OK;
        }
        String channels = Texts.list(answer.path("channels"));
        screen().line(screen().green("Accepted") + " " + answer.path("id").asText() + " → "
                + (channels.isEmpty() ? "no channel" : channels)
                + (answer.path("duplicate").asBoolean() ? " (a duplicate: it is sent once)" : ""));
        screen().line(screen().dim("See it: mehari show " + answer.path("id").asText()));
        return Exit.OK;
    }

    private int sendBatch(JsonNode body) {
        JsonNode answer = gateway().post("/api/v1/notifications/batch", body);
        int rejected = answer.path("rejected").asInt();
        if (json()) {
            screen().json(answer);
        } else {
            screen().line(answer.path("accepted").asInt() + " accepted, " + rejected + " rejected");
            screen().line(refusals(answer.path("results")));
        }
        return rejected == 0 ? Exit.OK : Exit.REFUSED;
    }

    private static String refusals(JsonNode results) {
        List<String> lines = new ArrayList<>();
        int at = 0;
        for (JsonNode result : results) {
            at++;
            if (result.path("id").isMissingNode()) {
                lines.add("  " + at + ": " + result.path("detail").asText(Json.line(result)));
            }
        }
        return lines.stream().collect(Collectors.joining("\n"));
    }
}
