package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "send",
        description = "Sends a notification and says which channels it goes to.",
        footer = {
            "",
            "  mehari send trade.opened --data symbol=BTCUSDT --data side=long --data price=67250.5",
            "  mehari send system.alert 'Disk 91 %% full' --priority high",
            "  df -h | mehari send system.status --title Disks -",
            "  mehari send --file notification.json"
        })
final class SendCommand extends CliCommand {
    @Mixin
    private MessageArguments message = new MessageArguments();

    @Override
    public Integer call() throws IOException {
        JsonNode body = message.read(around(), "mehari send system.status 'All is well'");
        return body.isArray() ? sendBatch(body) : sendOne(body);
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
