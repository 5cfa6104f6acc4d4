package dev.mehari.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.problem.Problem;
import picocli.CommandLine.Command;

@Command(
        name = "config",
        description = "Checks config/ and routes/ without a gateway.",
        subcommands = ConfigCommand.CheckCommand.class)
final class ConfigCommand extends CliCommand {

    @Override
    public Integer call() {
        return report(this, new ConfigCheck(around()).all());
    }

    @Command(
            name = "check",
            description = {
                "Names every mistake in channels.yaml, types.yaml, templates/ and routes/ at once, with file and line.",
                "What only a running gateway knows (beans, component options) is checked when it takes the file up."
            })
    static final class CheckCommand extends CliCommand {
        @Override
        public Integer call() {
            return report(this, new ConfigCheck(around()).all());
        }
    }

    static int report(CliCommand command, ConfigCheck.Findings findings) {
        if (command.json()) {
            command.screen().json(json(findings));
        } else {
            findings.problems()
                    .forEach(problem -> command.screen().line(command.screen().red(Screen.clean(problem.toString()))));
            findings.warnings()
                    .forEach(warning ->
                            command.screen().line(command.screen().yellow(Screen.clean(warning + " (a warning)"))));
            command.screen().line(summary(findings));
        }
        return findings.problems().isEmpty() ? Exit.OK : Exit.REFUSED;
    }

    private static String summary(ConfigCheck.Findings findings) {
        int number = findings.problems().size();
        String files = findings.files() + (findings.files() == 1 ? " file" : " files");
        return number == 0
                ? files + " checked, all good."
                : files + " checked, " + number + (number == 1 ? " mistake." : " mistakes.");
    }

    private static ObjectNode json(ConfigCheck.Findings findings) {
        ObjectNode json = Json.object().put("ok", findings.problems().isEmpty()).put("files", findings.files());
        var problems = json.putArray("problems");
        findings.problems().forEach(problem -> problems.add(json(problem)));
        var warnings = json.putArray("warnings");
        findings.warnings().forEach(problem -> warnings.add(json(problem)));
        return json;
    }

    private static ObjectNode json(Problem problem) {
        return Json.object()
                .put("file", problem.file())
                .put("line", problem.line())
                .put("column", problem.column())
                .put("message", problem.message());
    }
}
