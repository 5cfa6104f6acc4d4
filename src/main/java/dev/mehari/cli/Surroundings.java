package dev.mehari.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a command finds around it. Tests hand in their own.
 *
 * @param folder the working folder
 * @param home where Mehari itself lies; its files are looked for there when the working folder has none
 * @param typed whether the standard input is a terminal
 * @param shown whether the standard output is a terminal
 * @param keyboard takes the terminal's keys over
 */
record Surroundings(
        Map<String, String> environment,
        Path folder,
        Path home,
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean typed,
        boolean shown,
        Clock clock,
        Supplier<Keyboard> keyboard) {

    /** Those of this process; the launcher says what is a terminal, because asking from Java is slow. */
    static Surroundings ofThisProcess() {
        Path folder = Path.of("").toAbsolutePath();
        return new Surroundings(
                System.getenv(),
                folder,
                Path.of(System.getProperty("cli.home", folder.toString())),
                new FileInputStream(FileDescriptor.in),
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                Boolean.getBoolean("cli.typed"),
                Boolean.getBoolean("cli.shown"),
                Clock.systemDefaultZone(),
                TerminalKeyboard::open);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /** The variable's value, or the default where it is not set or empty. */
    String variable(String name, String otherwise) {
        String value = environment.getOrDefault(name, "").strip();
        return value.isEmpty() ? otherwise : value;
    }

    /** A path as the caller means it: relative to the working folder. */
    Path path(String text) {
        return folder.resolve(text);
    }
}
