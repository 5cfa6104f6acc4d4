package dev.mehari.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs command lines in a folder, with an environment of its own. */
final class Shell {
    static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");

    final Map<String, String> environment = new HashMap<>();
    private final Path folder;
    private String input = "";
    private boolean terminal;
    private List<Keyboard.Key> keys = List.of();

    Shell(Path folder) {
        this.folder = folder;
    }

    record Run(int exit, String out, String err) {}

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** What is pressed on the keyboard; nothing more comes after it than the wish to leave. */
    Shell press(Keyboard.Key... pressed) {
        keys = List.of(pressed);
        return this;
    }

    private record Typed(Deque<Keyboard.Key> keys) implements Keyboard {
        @Override
        public Key read(long millis) {
            return keys.isEmpty() ? Key.QUIT : keys.remove();
        }

        @Override
        public void close() {}
    }

    Shell type(String text) {
        input = text;
        return this;
    }

    Shell onTerminal() {
        terminal = true;
        environment.put("TERM", "xterm");
        return this;
    }

    Run mehari(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exit = MehariCommand.run(
                new Surroundings(
                        environment,
                        folder,
                        folder,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        terminal,
                        terminal,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        () -> new Typed(new ArrayDeque<>(keys))),
                arguments);
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
