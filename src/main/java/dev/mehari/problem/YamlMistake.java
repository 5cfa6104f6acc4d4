package dev.mehari.problem;

import java.util.HexFormat;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Turns a YAML parser's complaint into a sentence with a place. */
final class YamlMistake {

    private YamlMistake() {}

    static Problem explain(String file, MarkedYAMLException e) {
        Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        String complaint = oneLine(e.getProblem() == null ? String.valueOf(e.getMessage()) : e.getProblem());
        String message = "This is not YAML: " + complaint + ". " + advice(complaint, String.valueOf(e.getContext()));
        return mark == null
                ? Problem.of(file, message)
                : new Problem(file, mark.getLine() + 1, mark.getColumn() + 1, message);
    }

    static Problem explain(String file, String text, YAMLException e) {
        if (e instanceof ReaderException reader) {
            int end = Math.min(reader.getPosition(), text.length());
            int line =
                    (int) text.substring(0, end).chars().filter(c -> c == '\n').count() + 1;
            String sign = "U+" + HexFormat.of().withUpperCase().toHexDigits((char) reader.getCodePoint());
            return new Problem(file, line, 0, "The character " + sign + " is not allowed in YAML. Remove it.");
        }
        return Problem.of(file, "The file cannot be read: " + oneLine(String.valueOf(e.getMessage())) + ".");
    }

    private static String advice(String complaint, String context) {
        if (complaint.contains("TAB")) {
            return "Indent with spaces instead of tabs.";
        }
        if (complaint.contains("another document")) {
            return "Keep one document in the file: remove the line '---'.";
        }
        if (complaint.contains("mapping values are not allowed")) {
            return "Check the indentation, and put quotes around a value that contains ': '.";
        }
        if (complaint.contains("cannot start any token")) {
            return "Put quotes around a value that starts with this character.";
        }
        if (complaint.contains("alias")) {
            return "Put quotes around a value that starts with '*'.";
        }
        return context.contains("quoted scalar")
                ? "Close the quotes."
                : "Check the indentation, quotes and brackets here and in the line above.";
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ").replaceAll("[.]+$", "");
    }
}
