package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "key",
        description = "Makes and revokes the keys that may call the API.",
        subcommands = {KeyCommand.CreateCommand.class, KeyCommand.ListCommand.class, KeyCommand.RevokeCommand.class},
        footer = {"", "  mehari key create ci", "  mehari key list", "  mehari key revoke ci"})
final class KeyCommand extends CliCommand {
    private static final String PATH = "/api/v1/keys";

    @Override
    public Integer call() {
        return list(this);
    }

    private static int list(CliCommand command) {
        JsonNode answer = command.gateway().get(PATH);
        if (command.json()) {
            command.screen().json(answer);
            return Exit.OK;
        }
        var zone = command.around().clock().getZone();
        List<List<String>> rows = new ArrayList<>();
        answer.path("keys")
                .forEach(key -> rows.add(List.of(
                        Texts.text(key.path("name")),
                        Texts.text(key.path("origin")),
                        Texts.time(key.path("createdAt"), zone),
                        Texts.time(key.path("lastUsedAt"), zone))));
        command.screen().table(List.of("KEY", "ORIGIN", "CREATED", "LAST USED"), rows);
        return Exit.OK;
    }

    @Command(name = "create", description = "Makes a key and shows it, this once. The gateway keeps a digest only.")
    static final class CreateCommand extends CliCommand {
        @Parameters(paramLabel = "NAME", description = "Who will use it; the record of what operators do names it.")
        private String name = "";

        @Override
        public Integer call() {
            JsonNode answer = gateway().post(PATH, Json.object().put("name", name));
            if (json()) {
                screen().json(answer);
                return Exit.OK;
            }
            screen().line(Texts.text(answer.path("key")));
            screen().error("Key " + name + " may call from now on. It is shown this once: keep it safe.");
            return Exit.OK;
        }
    }

    @Command(name = "list", description = "Shows the keys by name, never the keys themselves.")
    static final class ListCommand extends CliCommand {
        @Override
        public Integer call() {
            return list(this);
        }
    }

    @Command(name = "revoke", description = "Takes a key away, on all nodes at once.")
    static final class RevokeCommand extends CliCommand {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        public Integer call() {
            JsonNode answer = gateway().delete(PATH + "/" + Gateway.part(name), Map.of());
            if (json()) {
                screen().json(answer);
            } else {
                screen().line("Key " + name + " is revoked.");
            }
            return Exit.OK;
        }
    }
}
