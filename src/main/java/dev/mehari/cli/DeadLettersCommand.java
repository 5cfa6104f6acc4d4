package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dead-letters",
        description = "What could not be delivered: shown, tried again, deleted.",
        subcommands = {
            DeadLettersCommand.ListCommand.class,
            DeadLettersCommand.ShowCommand.class,
            DeadLettersCommand.ReplayCommand.class,
            DeadLettersCommand.PurgeCommand.class
        })
final class DeadLettersCommand extends CliCommand {
    private static final String PATH = "/api/v1/dead-letters";

    @Override
    public Integer call() {
        return list(this, new Filter(), 20);
    }

    /** Which letters are meant; all of them where nothing is said. */
    static final class Filter {
        @Option(
                names = {"-c", "--channel"},
                description = "Only of this channel.")
        private String channel = "";

        @Option(
                names = {"-r", "--reason"},
                description = "Only with this reason, as the list names it.")
        private String reason = "";

        @Option(names = "--type", description = "Only of this type.")
        private String type = "";

        Map<String, String> query() {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("channel", channel);
            query.put("reason", reason);
            query.put("type", type);
            return query;
        }

        boolean isEmpty() {
            return channel.isEmpty() && reason.isEmpty() && type.isEmpty();
        }
    }

    @Command(name = "list", description = "Lists them, newest first, and counts them by reason, channel and type.")
    static final class ListCommand extends CliCommand {
        @Mixin
        private Filter filter = new Filter();

        @Option(
                names = {"-n", "--limit"},
                description = "How many to show (${DEFAULT-VALUE}).")
        private int limit = 20;

        @Override
        public Integer call() {
            return list(this, filter, limit);
        }
    }

    private static int list(CliCommand command, Filter filter, int limit) {
        Map<String, String> query = filter.query();
        query.put("limit", String.valueOf(limit));
        JsonNode answer = command.gateway().get(PATH, query);
        if (command.json()) {
            command.screen().json(answer);
            return Exit.OK;
        }
        long total = answer.path("total").asLong();
        if (total == 0) {
            command.screen().line("No dead letters.");
            return Exit.OK;
        }
        List<List<String>> groups = new ArrayList<>();
        answer.path("groups").forEach(group -> groups.add(row(group, "count", "reason", "channel", "type")));
        command.screen().table(List.of("NUMBER", "REASON", "CHANNEL", "TYPE"), groups);
        command.screen().line("");
        List<List<String>> letters = new ArrayList<>();
        var zone = command.around().clock().getZone();
        answer.path("deadLetters")
                .forEach(letter -> letters.add(List.of(
                        Texts.time(letter.path("diedAt"), zone),
                        Texts.text(letter.path("id")),
                        Texts.text(letter.path("reason")),
                        Texts.shortened(Texts.text(letter.path("detail")), 60))));
        command.screen().table(List.of("DIED AT", "ID", "REASON", "DETAIL"), letters);
        if (total > letters.size()) {
            command.screen().line(letters.size() + " of " + total + " shown; --limit shows more.");
        }
        return Exit.OK;
    }

    private static List<String> row(JsonNode node, String... keys) {
        List<String> row = new ArrayList<>();
        for (String key : keys) {
            row.add(Texts.text(node.path(key)));
        }
        return row;
    }

    @Command(name = "show", description = "Shows one with its full message.")
    static final class ShowCommand extends CliCommand {
        @Parameters(paramLabel = "ID")
        private String id = "";

        @Override
        public Integer call() {
            JsonNode letter = gateway().get(PATH + "/" + Gateway.part(id));
            if (json()) {
                screen().json(letter);
                return Exit.OK;
            }
            letter.properties().forEach(field -> {
                if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                    screen().line(String.format(
                            "%-14s%s",
                            field.getKey(), Screen.clean(field.getValue().asText())));
                }
            });
            if (letter.path("notification").isObject()) {
                screen().json(letter.path("notification"));
            }
            return Exit.OK;
        }
    }

    @Command(name = "replay", description = "Puts one, or all that the filter means, back into their lanes.")
    static final class ReplayCommand extends CliCommand {
        @Parameters(arity = "0..1", paramLabel = "ID")
        private @Nullable String id;

        @Mixin
        private Filter filter = new Filter();

        @Option(names = "--all", description = "All there are.")
        private boolean all;

        @Option(names = "--dry-run", description = "Only count them.")
        private boolean dryRun;

        @Override
        public Integer call() {
            if (id != null) {
                return one(id);
            }
            if (filter.isEmpty() && !all && !dryRun) {
                throw Failure.usage("Name an ID, a --channel, --reason or --type, or say --all.");
            }
            Map<String, String> query = filter.query();
            query.put("dryRun", String.valueOf(dryRun));
            JsonNode report = gateway().post(PATH + "/replay", query);
            if (json()) {
                screen().json(report);
            } else if (dryRun) {
                screen().line(report.path("matched").asLong() + " would be replayed.");
            } else {
                screen().line(report.path("replayed").asLong() + " of "
                        + report.path("matched").asLong() + " stand in their lanes again.");
                report.path("problems").forEach(problem -> screen().error("  " + problem.asText()));
            }
            return report.path("failed").asLong() == 0 ? Exit.OK : Exit.REFUSED;
        }

        private int one(String letter) {
            if (!filter.isEmpty() || all || dryRun) {
                throw Failure.usage("An ID means one letter: leave the filters, --all and --dry-run out.");
            }
            JsonNode answer = gateway().post(PATH + "/" + Gateway.part(letter) + "/replay", Map.of());
            if (json()) {
                screen().json(answer);
            } else {
                screen().line(letter + " stands in its lane again.");
            }
            return Exit.OK;
        }
    }

    @Command(name = "purge", description = "Deletes one, or all that are older than an age. What is deleted is gone.")
    static final class PurgeCommand extends CliCommand {
        private static final String PAGE = "500";

        @Parameters(arity = "0..1", paramLabel = "ID")
        private @Nullable String id;

        @Option(names = "--older-than", paramLabel = "AGE", description = "An age like 30d, or 2026-11-20T00:00:00Z.")
        private @Nullable String olderThan;

        @Option(names = "--dry-run", description = "Only count them.")
        private boolean dryRun;

        @Override
        public Integer call() {
            if ((id == null) == (olderThan == null)) {
                throw Failure.usage("Name an ID, or --older-than 30d.");
            }
            long number = id != null ? one(id) : many(String.valueOf(olderThan));
            if (json()) {
                screen().json(Json.object().put(dryRun ? "matched" : "deleted", number));
            } else {
                screen().line(number + (dryRun ? " would be deleted." : " deleted."));
            }
            return Exit.OK;
        }

        private long one(String letter) {
            String path = PATH + "/" + Gateway.part(letter);
            if (dryRun) {
                gateway().get(path);
            } else {
                gateway().delete(path, Map.of());
            }
            return 1;
        }

        private long many(String age) {
            if (!dryRun) {
                return gateway()
                        .delete(PATH, Map.of("olderThan", age))
                        .path("deleted")
                        .asLong();
            }
            Instant before = Ages.instant(age, around().clock());
            return count(before);
        }

        private long count(Instant before) {
            long number = 0;
            String cursor = "";
            do {
                JsonNode page = gateway().get(PATH, Map.of("limit", PAGE, "cursor", cursor));
                for (JsonNode letter : page.path("deadLetters")) {
                    number += Instant.parse(letter.path("diedAt").asText()).isBefore(before) ? 1 : 0;
                }
                cursor = page.path("cursor").asText("");
            } while (!cursor.isEmpty() && !cursor.equals("null"));
            return number;
        }
    }
}
