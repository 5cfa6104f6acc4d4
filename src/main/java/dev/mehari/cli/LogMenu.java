package dev.mehari.cli;

import dev.mehari.cli.Keyboard.Key;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks which logs to join: check boxes for the components, choices for the rest. For one use. */
final class LogMenu {
    private static final List<String> FILES = List.of("all", "1", "3", "5", "10");
    private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");
    private static final long A_LONG_TIME = 3_600_000;

    private final List<String> components;
    private final Set<String> chosen;
    private final Screen screen;
    private final PrintStream out;
    private int files;
    private int level = LEVELS.indexOf("info");
    private boolean byComponent;
    private int at;

    LogMenu(Collection<String> components, Screen screen, PrintStream out) {
        this.components = List.copyOf(components);
        this.chosen = new LinkedHashSet<>(components);
        this.screen = screen;
        this.out = out;
    }

    /**
     * What was chosen.
     *
     * @param last how many files of each; 0: all
     */
    record Choice(List<String> components, int last, String level, boolean byComponent) {}

    /** Empty when the asked one goes away. */
    Optional<Choice> ask(Keyboard keyboard) throws IOException {
        draw();
        for (Key key = keyboard.read(A_LONG_TIME); key != Key.QUIT; key = keyboard.read(A_LONG_TIME)) {
            if (key == Key.ENTER && !chosen.isEmpty()) {
                return Optional.of(new Choice(
                        components.stream().filter(chosen::contains).toList(),
                        files == 0 ? 0 : Integer.parseInt(FILES.get(files)),
                        LEVELS.get(level),
                        byComponent));
            }
            react(key);
            out.print("\033[" + lines().size() + "A\033[J");
            draw();
        }
        return Optional.empty();
    }

    private void react(Key key) {
        int rows = components.size() + 3;
        switch (key) {
            case UP -> at = (at + rows - 1) % rows;
            case DOWN -> at = (at + 1) % rows;
            case SPACE, RIGHT -> change(1);
            case LEFT -> change(-1);
            default -> {
                // no meaning here
            }
        }
    }

    private void change(int step) {
        switch (at - components.size()) {
            case 0 -> files = Math.floorMod(files + step, FILES.size());
            case 1 -> level = Math.floorMod(level + step, LEVELS.size());
            case 2 -> byComponent = !byComponent;
            default -> {
                String name = components.get(at);
                if (!chosen.remove(name)) {
                    chosen.add(name);
                }
            }
        }
    }

    private void draw() {
        lines().forEach(out::println);
        out.flush();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(screen.bold("Which logs?"));
        components.forEach(name -> lines.add(row(lines.size() - 1, box(chosen.contains(name)) + name)));
        lines.add(row(lines.size() - 1, "newest files of each: ‹ " + FILES.get(files) + " ›"));
        lines.add(row(lines.size() - 1, "from level: ‹ " + LEVELS.get(level) + " ›"));
        lines.add(row(lines.size() - 1, box(byComponent) + "a timeline of each component"));
        lines.add(screen.dim(
                chosen.isEmpty()
                        ? "Choose one component at least. space chooses, q quits"
                        : "arrows move, space chooses, enter shows, q quits"));
        return lines;
    }

    private String row(int number, String text) {
        return number == at ? screen.green("> " + text) : "  " + text;
    }

    private static String box(boolean checked) {
        return checked ? "[x] " : "[ ] ";
    }
}
