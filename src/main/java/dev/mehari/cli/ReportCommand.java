package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = {
            "Makes a report now: what was delivered since the last scheduled one, with its chart.",
            "The scheduled ones stay as they are. Without a name it lists the reports there are."
        },
        footer = {"", "  mehari report daily", "  mehari report weekly --preview --chart week.png"})
final class ReportCommand extends CliCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "daily, weekly or another report.")
    private @Nullable String name;

    @Option(names = "--preview", description = "Only show it; nothing is sent.")
    private boolean preview;

    @Option(names = "--chart", paramLabel = "FILE", description = "Write the chart here, as PNG.")
    private @Nullable String chart;

    @Override
    public Integer call() throws IOException {
        if (name == null) {
            if (preview || chart != null) {
                throw Failure.usage("Name the report: mehari report daily --preview.");
            }
            return list();
        }
        JsonNode answer =
                gateway().post("/api/v1/reports/" + Gateway.part(name), Map.of("preview", Boolean.toString(preview)));
        String written = chart == null ? "" : write(around().path(chart), answer.path("chart"));
        if (json()) {
            screen().json(answer);
        } else {
            print(answer);
            screen().line(written);
        }
        return Exit.OK;
    }

    private int list() {
        JsonNode answer = gateway().get("/api/v1/reports");
        if (json()) {
            screen().json(answer);
            return Exit.OK;
        }
        List<List<String>> rows = new ArrayList<>();
        answer.path("reports")
                .forEach(report -> rows.add(List.of(
                        Texts.text(report.path("name")).replaceFirst("^report\\.", ""),
                        Texts.text(report.path("cron")),
                        time(report.path("last")),
                        time(report.path("next")),
                        Texts.text(report.path("description")))));
        screen().table(List.of("REPORT", "CRON", "LAST", "NEXT", "WHAT"), rows);
        return Exit.OK;
    }

    private String time(JsonNode instant) {
        return Texts.time(instant, around().clock().getZone());
    }

    private String write(Path file, JsonNode picture) throws IOException {
        if (!picture.hasNonNull("content")) {
            return "There is no chart: nothing was delivered in the period, or the gateway's log says why.";
        }
        Files.write(file, picture.path("content").binaryValue());
        return "Chart written to " + file;
    }

    private void print(JsonNode answer) {
        JsonNode data = answer.path("data");
        String channels = Texts.list(answer.path("channels"));
        screen().line(screen().bold(Screen.clean(Texts.text(answer.path("report")))) + "  "
                + (answer.path("preview").asBoolean()
                        ? "would go to " + channels
                        : "sent to " + channels + " as " + Texts.text(answer.path("id"))));
        row("period", Texts.text(data.path("from")) + " to " + Texts.text(data.path("to")));
        row("deliveries", Texts.text(data.path("total")));
        row("success", Texts.text(data.path("successRate")) + " %");
        row("outcomes", counts(data.path("byOutcome")));
        row("channels", counts(data.path("byChannel")));
        row("types", counts(data.path("byType")));
        row("chart", answer.path("chart").hasNonNull("content") ? "attached" : "none");
    }

    private void row(String name, String value) {
        screen().line(String.format("  %-12s%s", name, Screen.clean(value)));
    }

    private static String counts(JsonNode counts) {
        StringJoiner line = new StringJoiner(", ").setEmptyValue("-");
        counts.properties()
                .forEach(count ->
                        line.add(count.getKey() + " " + count.getValue().asText()));
        return line.toString();
    }
}
