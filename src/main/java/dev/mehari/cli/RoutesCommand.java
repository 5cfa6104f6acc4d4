package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "routes",
        description = "The operators' files: which are in use, which were refused and why.",
        subcommands = {RoutesCommand.ListCommand.class, RoutesCommand.CheckCommand.class, RouteTestCommand.class})
final class RoutesCommand extends CliCommand {

    @Override
    public Integer call() {
        return list();
    }

    private int list() {
        JsonNode answer = gateway().get("/api/v1/routes");
        if (json()) {
            screen().json(answer);
        } else {
            print(answer);
        }
        return answer.path("ok").asBoolean(true) ? Exit.OK : Exit.REFUSED;
    }

    private void print(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        answer.path("files").forEach(file -> {
            boolean ok = file.path("ok").asBoolean();
            boolean used = !file.path("hash").asText("").isEmpty();
            rows.add(List.of(
                    Texts.text(file.path("path")),
                    ok ? "in use" : used ? "refused, the one before goes on" : "refused, nothing of it in use",
                    Texts.time(file.path("loadedAt"), around().clock().getZone())));
            file.path("problems").forEach(problem -> problems.add(place(problem)));
        });
        screen().table(List.of("FILE", "STATE", "IN USE SINCE"), rows);
        problems.forEach(problem -> screen().line(screen().red(Screen.clean(problem))));
    }

    private static String place(JsonNode problem) {
        int line = problem.path("line").asInt();
        int column = problem.path("column").asInt();
        return problem.path("file").asText() + (line > 0 ? ":" + line : "")
                + (line > 0 && column > 0 ? ":" + column : "") + ": "
                + problem.path("message").asText();
    }

    @Command(name = "list", description = "The same.")
    static final class ListCommand extends CliCommand {
        @Override
        public Integer call() {
            return ((RoutesCommand) spec().parent().userObject()).list();
        }
    }

    @Command(
            name = "check",
            description = "Checks the route files without a gateway; names every mistake, exit 1 with any.")
    static final class CheckCommand extends CliCommand {
        @Override
        public Integer call() {
            return ConfigCommand.report(this, new ConfigCheck(around()).routes());
        }
    }
}
