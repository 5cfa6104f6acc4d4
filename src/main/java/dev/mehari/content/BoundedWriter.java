package dev.mehari.content;

import java.io.IOException;
import java.io.Writer;

/** Collects a template's output and stops it when it grows too long. */
final class BoundedWriter extends Writer {

    /** The output is longer than allowed. */
    static final class TooLong extends IOException {
        TooLong(int most) {
            super("its output is longer than " + most + " characters");
        }
    }

    private final StringBuilder text = new StringBuilder();
    private final int most;

    BoundedWriter(int most) {
        this.most = most;
    }

    @Override
    public void write(char[] buffer, int offset, int length) throws TooLong {
        room(length);
        text.append(buffer, offset, length);
    }

    @Override
    public void write(String part, int offset, int length) throws TooLong {
        room(length);
        text.append(part, offset, offset + length);
    }

    private void room(int length) throws TooLong {
        if (length > most - text.length()) {
            throw new TooLong(most);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return text.toString();
    }
}
