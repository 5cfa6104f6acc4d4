package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "trace", description = "Shows what happened under one trace, in order, and what was slow.")
final class TraceCommand extends CliCommand {
    @Parameters(paramLabel = "ID")
    private String id = "";

    @Override
    public Integer call() {
        JsonNode answer = gateway().get("/api/v1/traces/" + Gateway.part(id));
        if (json()) {
            screen().json(answer);
            return Exit.OK;
        }
        long before = 0;
        for (JsonNode step : Answers.items(answer, answer.has("timeline") ? "timeline" : "steps")) {
            long offset = step.path("offsetMs").asLong();
            screen().line(line(step, offset, Math.max(0, offset - before)));
            before = offset;
        }
        return Exit.OK;
    }

    private String line(JsonNode step, long offset, long delay) {
        String component = Texts.text(step.path("component"));
        String detail = Texts.text(step.path("detail"));
        String line = "[TRACE " + id + "] " + Texts.text(step.path("event"))
                + (component.equals("-") ? "" : " (" + component + ")")
                + " → " + (offset == 0 ? "0 ms" : "+" + delay + " ms")
                + (detail.equals("-") ? "" : "  " + Texts.shortened(detail, 100));
        return slow(step.path("slow"), Screen.clean(line));
    }

    private String slow(JsonNode slow, String line) {
        String how = slow.isTextual() ? slow.asText() : slow.asBoolean() ? "slow" : "";
        return switch (how) {
            case "", "none" -> line;
            case "critical" -> screen().red(line + "  ⚠ CRITICAL");
            default -> screen().yellow(line + "  ⚠ SLOW");
        };
    }
}
