package dev.mehari.problem;

import java.util.Comparator;

/**
 * One mistake in an operator's file.
 *
 * @param file as the operator knows it, {@code config/types.yaml}
 * @param line counted from 1; 0 when the whole file is meant
 * @param column counted from 1; 0 when the whole line is meant
 * @param message a sentence that says what to do
 */
public record Problem(String file, int line, int column, String message) implements Comparable<Problem> {

    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::message);

    /** A problem of the file as a whole: it is missing, empty, unreadable. */
    public static Problem of(String file, String message) {
        return new Problem(file, 0, 0, message);
    }

    /** By file, then by place in it. */
    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** {@code config/types.yaml:12:5: message}, as compilers write it. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (line > 0 && column > 0 ? ":" + column : "") + ": " + message;
    }
}
