package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "search",
        description = "Finds notifications, newest first.",
        footer = {"", "  mehari search BTCUSDT --channel trades --from 24h"})
final class SearchCommand extends CliCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", description = "Words of the title, the text or the data.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--type", description = "Only of this type.")
    private String type = "";

    @Option(
            names = {"-c", "--channel"},
            description = "Only to this channel.")
    private String channel = "";

    @Option(names = "--state", description = "queued, delivered, diverted, dead, expired or suppressed.")
    private String state = "";

    @Option(names = "--source", description = "Only from this source: http, redis, tradingview.")
    private String source = "";

    @Option(names = "--trace", paramLabel = "ID", description = "Only of this trace.")
    private String trace = "";

    @Option(names = "--from", paramLabel = "TIME", description = "Since: 24h, or 2026-11-20T00:00:00Z.")
    private String from = "";

    @Option(names = "--to", paramLabel = "TIME", description = "Until, likewise.")
    private String to = "";

    @Option(
            names = {"-n", "--limit"},
            description = "How many (${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "The next page, as the page before names it.")
    private String cursor = "";

    @Override
    public Integer call() {
        JsonNode answer = gateway().get("/api/v1/notifications", query());
        if (json()) {
            screen().json(answer);
            return Exit.OK;
        }
        List<List<String>> rows = new ArrayList<>();
        Answers.items(answer, "notifications").forEach(found -> rows.add(row(found)));
        if (rows.isEmpty()) {
            screen().line("Nothing found.");
            return Exit.OK;
        }
        screen().table(List.of("CREATED AT", "ID", "TYPE", "STATE", "CHANNELS", "TITLE"), rows);
        String next = Texts.text(answer.path("cursor"));
        if (!next.equals("-")) {
            screen().line(screen().dim("More: --cursor " + next));
        }
        return Exit.OK;
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("q", String.join(" ", words));
        query.put("type", type);
        query.put("channel", channel);
        query.put("state", state);
        query.put("source", source);
        query.put("traceId", trace);
        query.put("from", time(from));
        query.put("to", time(to));
        query.put("limit", String.valueOf(limit));
        query.put("cursor", cursor);
        return query;
    }

    private String time(String text) {
        return text.isEmpty() ? "" : Ages.instant(text, around().clock()).toString();
    }

    private List<String> row(JsonNode found) {
        JsonNode notification = Answers.notification(found);
        String title = notification.path("title").asText("");
        return List.of(
                Texts.time(notification.path("createdAt"), around().clock().getZone()),
                Texts.text(notification.path("id")),
                Texts.text(notification.path("type")),
                Answers.states(found),
                Answers.channels(found),
                Texts.shortened(title.isEmpty() ? notification.path("text").asText("-") : title, 50));
    }
}
