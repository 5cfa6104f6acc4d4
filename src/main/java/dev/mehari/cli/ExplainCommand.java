package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "explain",
        description = {
            "Says what would become of a notification and why; nothing is sent.",
            "Which branches of the router take or refuse it, where it goes, how those channels stand, and the request each",
            "would make."
        },
        footer = {
            "",
            "  mehari explain trade.opened --data symbol=BTCUSDT --data side=long",
            "  mehari explain system.alert 'Disk 91 %% full' --json"
        })
final class ExplainCommand extends CliCommand {
    @Mixin
    private MessageArguments message = new MessageArguments();

    @Option(names = "--source", description = "The door it came through: http (the default), redis, github, ...")
    private String source = RouteCases.SOURCE;

    @Override
    public Integer call() throws IOException {
        JsonNode body = message.read(around(), "mehari explain system.status 'All is well'");
        if (body.isArray()) {
            throw Failure.usage("One notification is explained at a time; the file holds a list.");
        }
        JsonNode answer = gateway().post("/api/v1/explain", RouteCases.query(source), body);
        if (json()) {
            screen().json(answer);
            return Exit.OK;
        }
        way(answer);
        answer.path("destinations").forEach(this::destination);
        return Exit.OK;
    }

    private void way(JsonNode answer) {
        JsonNode notification = answer.path("notification");
        String channels = Texts.list(answer.path("channels"));
        screen().line(screen().bold(Screen.clean(Texts.text(notification.path("type")) + "  "
                                + notification.path("title").asText(""))
                        .strip())
                + "  priority " + Screen.clean(Texts.text(notification.path("priority"))));
        screen().line(
                        channels.isEmpty()
                                ? screen().yellow("Would go nowhere.")
                                : "Would go to " + screen().green(Screen.clean(channels)));
        screen().line("");
        if (answer.path("branches").isEmpty()) {
            screen().line("No branch of the router was asked: the message names its channel, or there is none.");
        } else {
            branches(answer.path("branches"));
        }
    }

    private void branches(JsonNode branches) {
        List<List<String>> rows = new ArrayList<>();
        branches.forEach(branch -> rows.add(List.of(
                Texts.text(branch.path("outcome")),
                Texts.text(branch.path("condition")) + " → " + to(branch) + failure(branch))));
        screen().table(List.of("BRANCH", "CONDITION"), rows);
    }

    static String to(JsonNode branch) {
        return branch.path("to").isEmpty() ? "nowhere" : Texts.list(branch.path("to"));
    }

    private static String failure(JsonNode branch) {
        return branch.path("outcome").asText().equals("failed") ? ": " + Texts.text(branch.path("reason")) : "";
    }

    private void destination(JsonNode destination) {
        screen().line("");
        screen().line("→ " + screen().bold(Screen.clean(Texts.text(destination.path("channel")))) + "  "
                + Screen.clean(Texts.text(destination.path("provider")))
                + (destination.path("sandbox").asBoolean() ? " (sandbox)" : ""));
        String breaker = Texts.text(destination.path("breaker"));
        row("breaker", breaker.equals("closed") ? breaker : screen().yellow(Screen.clean(breaker)));
        if (destination.hasNonNull("paused")) {
            row(
                    "paused",
                    screen().yellow(Screen.clean(destination.path("paused").asText())));
        } else {
            row("paused", "no");
        }
        row("waiting", Screen.clean(Texts.text(destination.path("waiting"))));
        row("throttle", Screen.clean(throttle(destination.path("throttle"))));
        row("budget", Screen.clean(budget(destination.path("budget"))));
        row("fallback", Screen.clean(Texts.text(destination.path("fallback"))));
        row("card", Screen.clean(card(destination.path("card"))));
        row("request", Screen.clean(request(destination.path("request"))));
    }

    /** What has several lines goes on under its first. */
    private void row(String name, String value) {
        screen().line(String.format("  %-10s%s", name, value.replace("\n", "\n            ")));
    }

    private static String throttle(JsonNode throttle) {
        String period = throttle.path("period").asText();
        try {
            period = Texts.duration(Duration.parse(period));
        } catch (DateTimeParseException asItIs) {
            // A newer gateway may say it in other words; those are shown.
        }
        return Texts.text(throttle.path("requests")) + " per " + period;
    }

    /** {@code channel 2 of 5 in 2 s, host 2 of 50 in 1 s}. */
    private static String budget(JsonNode budget) {
        StringJoiner windows = new StringJoiner(", ").setEmptyValue("-");
        Duration paused = period(budget.path("pausedFor"));
        if (!paused.isZero()) {
            windows.add("the provider asked to be left alone for another " + Texts.duration(paused));
        }
        budget.path("windows")
                .forEach(window -> windows.add(Texts.text(window.path("scope")) + " " + Texts.text(window.path("used"))
                        + " of " + Texts.text(window.path("requests")) + " in "
                        + Texts.duration(period(window.path("period")))));
        return windows.toString();
    }

    private static Duration period(JsonNode text) {
        try {
            return Duration.parse(text.asText());
        } catch (DateTimeParseException none) {
            return Duration.ZERO;
        }
    }

    private static String card(JsonNode card) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(Texts.text(card.path("title")));
        if (card.hasNonNull("text")) {
            lines.add(card.path("text").asText());
        }
        card.path("fields")
                .forEach(field -> lines.add(
                        field.path("name").asText() + ": " + field.path("value").asText()));
        for (String key : List.of("link", "image", "footer")) {
            if (card.hasNonNull(key)) {
                lines.add(key + " " + card.path(key).asText());
            }
        }
        if (card.path("color").isInt()) {
            lines.add(
                    String.format(Locale.ROOT, "color #%06x", card.path("color").asInt()));
        }
        return lines.toString();
    }

    private static String request(JsonNode request) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        request.path("query")
                .properties()
                .forEach(entry ->
                        query.add(entry.getKey() + "=" + entry.getValue().asText()));
        StringJoiner lines = new StringJoiner("\n");
        lines.add(Texts.text(request.path("method")) + " " + Texts.text(request.path("address")) + query);
        request.path("headers")
                .properties()
                .forEach(entry ->
                        lines.add(entry.getKey() + ": " + entry.getValue().asText()));
        JsonNode body = request.path("body");
        return lines.add(body.isTextual() ? body.asText() : Json.pretty(body)).toString();
    }
}
