package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Hands a folder of route files to the gateway, which sends past traffic through them for show. */
final class PastTraffic {
    private final CliCommand command;

    PastTraffic(CliCommand command) {
        this.command = command;
    }

    /** Exit 1 when something would go elsewhere. */
    int compare(String since, @Nullable String until, @Nullable String routes, @Nullable String channels)
            throws IOException {
        ObjectNode question = Json.object().put("from", since);
        if (until != null) {
            question.put("to", until);
        }
        ObjectNode files = question.putObject("files");
        Path folder = routes == null
                ? ConfigCheck.routesFolder(command.around())
                : command.around().path(routes);
        if (!Files.isDirectory(folder)) {
            throw Failure.usage(folder + " is no folder: name the folder of route files, --routes candidate/routes.");
        }
        for (Map.Entry<String, Path> file : ConfigCheck.routeFiles(folder).entrySet()) {
            files.put(file.getKey(), Files.readString(file.getValue()));
        }
        if (channels != null) {
            files.put("config/channels.yaml", Files.readString(command.around().path(channels)));
        }
        JsonNode answer = ask(question);
        if (command.json()) {
            command.screen().json(answer);
        } else {
            print(answer);
        }
        return answer.path("moved").asLong() == 0 ? Exit.OK : Exit.REFUSED;
    }

    private JsonNode ask(ObjectNode question) {
        try {
            return command.gateway().post("/api/v1/routes/time-travel", question);
        } catch (Failure refused) {
            JsonNode errors = refused.problem().path("errors");
            if (!refused.problem().path("code").asText().equals("files-refused")) {
                throw refused;
            }
            // Each says its file and line; where in the request it stood helps nobody here.
            throw Failure.refused(
                    StreamSupport.stream(errors.spliterator(), false)
                            .map(error -> error.path("detail").asText())
                            .collect(Collectors.joining("\n")),
                    refused.problem());
        }
    }

    private void print(JsonNode answer) {
        Screen screen = command.screen();
        var zone = command.around().clock().getZone();
        screen.line(Texts.text(answer.path("notifications")) + " messages from "
                + Texts.time(answer.path("from"), zone) + " to " + Texts.time(answer.path("to"), zone) + ", "
                + Texts.text(answer.path("moved")) + " would go elsewhere.");
        List<List<String>> rows = new ArrayList<>();
        answer.path("groups").forEach(group -> rows.add(row(group)));
        if (!rows.isEmpty()) {
            screen.table(List.of("TYPE", "MESSAGES", "WENT TO", "WOULD GO TO", "SUCH AS"), rows);
        }
        remarks(answer).forEach(remark -> screen.line(screen.yellow(Screen.clean(remark))));
    }

    private static List<String> row(JsonNode group) {
        String now = Texts.list(group.path("now"));
        String went = Texts.list(group.path("went"));
        return List.of(
                Texts.text(group.path("type")),
                Texts.text(group.path("count")),
                went + (went.equals(now) ? "" : " (today: " + now + ")"),
                Texts.list(group.path("then")),
                group.path("examples").path(0).asText());
    }

    private static List<String> remarks(JsonNode answer) {
        List<String> remarks = new ArrayList<>();
        long without = answer.path("withoutContent").asLong();
        if (without > 0) {
            remarks.add(without + " have lost title, text and data by age or on request: conditions on those were not"
                    + " met.");
        }
        long failed = answer.path("failed").asLong();
        if (failed > 0) {
            remarks.add("The router would fail on " + failed + ", which go to the default channel: "
                    + Texts.text(answer.path("failure")));
        }
        if (!answer.path("notCalled").isEmpty()) {
            remarks.add("The routes ask " + Texts.list(answer.path("notCalled"))
                    + ", which was not called: what its answers would change is not known.");
        }
        if (answer.path("moreGroups").asLong() > 0) {
            remarks.add(answer.path("moreGroups").asText() + " more would move in too many ways to be listed.");
        }
        if (!answer.path("complete").asBoolean(true)) {
            remarks.add("Time ran out: what is older was not tried. Narrow it with --since and --until.");
        }
        return remarks;
    }
}
