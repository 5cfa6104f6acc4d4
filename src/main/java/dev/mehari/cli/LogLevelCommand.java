package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "log-level",
        description = "Shows or changes how much the running gateway logs; a restart goes back to the configuration.",
        footer = {"", "  mehari log-level dev.mehari.delivery debug", "  mehari log-level dev.mehari.delivery default"})
final class LogLevelCommand extends CliCommand {
    @Parameters(
            index = "0",
            paramLabel = "LOGGER",
            defaultValue = "dev.mehari",
            description = "A package or class, or ROOT (${DEFAULT-VALUE}).")
    private String logger = "dev.mehari";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "LEVEL",
            description = "trace, debug, info, warn, error, off, or default: as the logger above it.")
    private @Nullable String level;

    @Override
    public Integer call() {
        String path = "/api/v1/loggers/" + Gateway.part(logger);
        JsonNode answer = level == null
                ? gateway().get(path)
                : gateway().post(path, Json.object().put("level", level.equals("default") ? null : level));
        if (json()) {
            screen().json(answer);
        } else {
            screen().line(logger + " logs from " + Texts.text(answer.path("effective")) + " on.");
        }
        return Exit.OK;
    }
}
