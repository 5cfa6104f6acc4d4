package dev.mehari.cli;

import java.io.IOException;

/** Single keys, without Enter behind them. For one thread. */
interface Keyboard extends AutoCloseable {
    /** What a key means. */
    enum Key {
        UP,
        DOWN,
        LEFT,
        RIGHT,
        SPACE,
        ENTER,
        QUIT,
        /** Any other key. */
        OTHER,
        /** None within the time. */
        NONE
    }

    /** The next key, or {@link Key#NONE} after so many milliseconds. */
    Key read(long millis) throws IOException;

    /** Leaves the terminal as it was. */
    @Override
    void close() throws IOException;
}
