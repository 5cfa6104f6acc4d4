package dev.mehari.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The parts of a message that every command that takes one names alike. */
final class MessageParts {
    @Option(
            names = {"-t", "--title"},
            description = "Its title.")
    private @Nullable String title;

    @Option(
            names = {"-d", "--data"},
            paramLabel = DataValues.LABEL,
            description = DataValues.DESCRIPTION)
    private List<String> data = new ArrayList<>();

    @Option(
            names = {"-p", "--priority"},
            description = "low, normal, high or critical.")
    private @Nullable String priority;

    @Option(names = "--recipient", description = "For whom it is.")
    private @Nullable String recipient;

    boolean hasData() {
        return !data.isEmpty();
    }

    boolean given() {
        return title != null || priority != null || recipient != null || hasData();
    }

    void put(ObjectNode body) {
        put(body, "title", title);
        put(body, "priority", priority);
        put(body, "recipient", recipient);
        DataValues.put(body, data);
    }

    /** Puts a text that was given. */
    static void put(ObjectNode body, String key, @Nullable String value) {
        if (value != null) {
            body.put(key, value);
        }
    }
}
