package dev.mehari.cli;

import java.io.IOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;

/** The keys of this process's terminal, read through JLine. */
final class TerminalKeyboard implements Keyboard {
    private static final long REST_OF_SEQUENCE_MILLIS = 50;
    private static final int ESCAPE = 27;
    private static final int CONTROL_C = 3;
    private static final int CONTROL_D = 4;

    private final Terminal terminal;
    private final Attributes before;
    private final NonBlockingReader keys;

    private TerminalKeyboard(Terminal terminal) {
        this.terminal = terminal;
        this.before = terminal.enterRawMode();
        this.keys = terminal.reader();
    }

    /** Takes the terminal over, until it is closed. */
    static Keyboard open() {
        try {
            return new TerminalKeyboard(
                    TerminalBuilder.builder().system(true).dumb(true).build());
        } catch (IOException e) {
            throw Failure.refused("This terminal cannot be read key by key: " + e.getMessage() + ".");
        }
    }

    @Override
    public Key read(long millis) throws IOException {
        int key = keys.read(millis);
        return switch (key) {
            case NonBlockingReader.READ_EXPIRED -> Key.NONE;
            case NonBlockingReader.EOF, CONTROL_C, CONTROL_D, 'q', 'Q' -> Key.QUIT;
            case ' ' -> Key.SPACE;
            case '\r', '\n' -> Key.ENTER;
            case 'k' -> Key.UP;
            case 'j' -> Key.DOWN;
            case ESCAPE -> arrow();
            default -> Key.OTHER;
        };
    }

    /** An arrow is an escape, a bracket or O, and a letter; an escape alone means away. */
    private Key arrow() throws IOException {
        int second = keys.read(REST_OF_SEQUENCE_MILLIS);
        if (second != '[' && second != 'O') {
            return Key.QUIT;
        }
        return switch (keys.read(REST_OF_SEQUENCE_MILLIS)) {
            case 'A' -> Key.UP;
            case 'B' -> Key.DOWN;
            case 'C' -> Key.RIGHT;
            case 'D' -> Key.LEFT;
            default -> Key.OTHER;
        };
    }

    @Override
    public void close() throws IOException {
        terminal.setAttributes(before);
        terminal.close();
    }
}
