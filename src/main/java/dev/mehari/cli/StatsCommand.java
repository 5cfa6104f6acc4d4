package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "stats", description = "Counts by channel and state since the first start, and whether they add up.")
final class StatsCommand extends CliCommand {
    private static final List<String> STATES =
            List.of("accepted", "delivered", "diverted", "dead", "expired", "suppressed");

    @Override
    public Integer call() {
        JsonNode answer = gateway().get("/api/v1/stats");
        if (json()) {
            screen().json(answer);
            return Exit.OK;
        }
        List<List<String>> rows = new ArrayList<>();
        answer.path("channels").properties().forEach(channel -> {
            JsonNode stats = channel.getValue();
            rows.add(row(channel.getKey(), stats.path("states"), stats.path("inFlight"), stats.path("difference")));
        });
        JsonNode total = answer.path("total");
        rows.add(row("all", total, total.path("inFlight"), Json.object().numberNode(difference(answer))));
        List<String> head = new ArrayList<>(List.of("CHANNEL"));
        STATES.forEach(state -> head.add(state.toUpperCase(java.util.Locale.ROOT)));
        head.addAll(List.of("IN FLIGHT", "DIFFERENCE"));
        screen().table(head, rows);
        screen().line("Dead letters: " + answer.path("deadLetters").asLong());
        if (!answer.path("balanced").asBoolean(true)) {
            screen().line(screen().red("The ledger does not add up: accepted is not final plus in flight."));
        }
        return Exit.OK;
    }

    private static long difference(JsonNode answer) {
        long sum = 0;
        for (JsonNode channel : answer.path("channels")) {
            sum += channel.path("difference").asLong();
        }
        return sum;
    }

    private static List<String> row(String name, JsonNode states, JsonNode inFlight, JsonNode difference) {
        List<String> row = new ArrayList<>(List.of(name));
        STATES.forEach(state -> row.add(String.valueOf(states.path(state).asLong())));
        row.add(String.valueOf(inFlight.asLong()));
        row.add(String.valueOf(difference.asLong()));
        return row;
    }
}
