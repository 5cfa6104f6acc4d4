package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Shows one notification: its deliveries, attempts and events.")
final class ShowCommand extends CliCommand {
    @Parameters(paramLabel = "ID")
    private String id = "";

    @Override
    public Integer call() {
        JsonNode answer = gateway().get("/api/v1/notifications/" + Gateway.part(id));
        if (json()) {
            screen().json(answer);
            return Exit.OK;
        }
        message(Answers.notification(answer));
        answer.path("deliveries").forEach(this::delivery);
        events(answer.path("events"));
        if (!answer.path("complete").asBoolean(true)) {
            screen().line(screen().yellow("The history is away or late: this may not be all."));
        }
        return Exit.OK;
    }

    private void message(JsonNode notification) {
        String title = notification.path("title").asText("");
        screen().line(screen().bold(Screen.clean(Texts.text(notification.path("type")) + "  " + title)));
        String text = notification.path("text").asText("");
        if (!text.isEmpty()) {
            screen().line(Screen.clean(text));
        }
        for (String key : List.of("id", "priority", "source", "traceId", "createdAt", "expiresAt", "recipient")) {
            if (notification.hasNonNull(key)) {
                screen().line(String.format(
                        "  %-12s%s", key, Screen.clean(notification.path(key).asText())));
            }
        }
        if (!notification.path("data").isEmpty()) {
            screen().line("  data        " + Screen.clean(Json.line(notification.path("data"))));
        }
    }

    private void delivery(JsonNode delivery) {
        screen().line("");
        screen().line("→ " + screen().bold(Screen.clean(Texts.text(delivery.path("channel")))) + "  "
                + state(Texts.text(delivery.path("state"))));
        List<List<String>> rows = new ArrayList<>();
        delivery.path("attempts")
                .forEach(attempt -> rows.add(List.of(
                        Texts.time(attempt.path("at"), around().clock().getZone()),
                        Texts.text(attempt.path("outcome")),
                        Texts.text(attempt.path("status")),
                        Texts.text(attempt.path("durationMs")),
                        Texts.shortened(
                                Texts.text(attempt.path(attempt.hasNonNull("reason") ? "reason" : "detail")), 80))));
        if (!rows.isEmpty()) {
            screen().table(List.of("ATTEMPT AT", "OUTCOME", "STATUS", "MS", "REASON"), rows);
        }
    }

    private String state(String state) {
        return switch (state) {
            case "delivered" -> screen().green(state);
            case "dead", "expired" -> screen().red(state);
            default -> screen().yellow(Screen.clean(state));
        };
    }

    private void events(JsonNode events) {
        List<List<String>> rows = new ArrayList<>();
        events.forEach(event -> rows.add(List.of(
                Texts.time(event.path("at"), around().clock().getZone()),
                Texts.text(event.path("channel")),
                Texts.text(event.path("event").isMissingNode() ? event.path("kind") : event.path("event")),
                Texts.shortened(Texts.text(event.path("detail")), 80))));
        if (!rows.isEmpty()) {
            screen().line("");
            screen().table(List.of("EVENT AT", "CHANNEL", "EVENT", "DETAIL"), rows);
        }
    }
}
