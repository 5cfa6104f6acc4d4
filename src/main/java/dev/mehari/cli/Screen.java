package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where a command's answer is written: aligned text, with colour only on a terminal. For one thread. */
final class Screen {
    private static final String GAP = "  ";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean colour;

    Screen(PrintStream out, PrintStream err, boolean colour) {
        this.out = out;
        this.err = err;
        this.colour = colour;
    }

    void line(String text) {
        out.println(text);
    }

    void error(String text) {
        err.println(red(clean(text)));
    }

    void json(JsonNode node) {
        out.println(Json.pretty(node));
    }

    /** Columns as wide as their widest cell; the last one is not padded. */
    void table(List<String> head, List<List<String>> rows) {
        int[] widths = new int[head.size()];
        List<List<String>> cells = new ArrayList<>();
        cells.add(head);
        rows.forEach(row -> cells.add(row.stream().map(Screen::clean).toList()));
        cells.forEach(row -> Arrays.setAll(widths, column -> Math.max(widths[column], width(row.get(column)))));
        for (int at = 0; at < cells.size(); at++) {
            String line = padded(cells.get(at), widths);
            out.println(at == 0 ? dim(line) : mark(cells.get(at), line));
        }
    }

    private static String padded(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            line.append(row.get(column));
            line.append(" ".repeat(widths[column] - width(row.get(column)))).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private String mark(List<String> row, String line) {
        boolean bad = row.stream().anyMatch(cell -> cell.startsWith("broken") || cell.equals("dead"));
        boolean odd = row.stream().anyMatch(cell -> cell.startsWith("paused") || cell.equals("open"));
        return bad ? red(line) : odd ? yellow(line) : line;
    }

    /** What stands in a message must not steer the terminal. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(sign -> sign != '\n' && sign != '\t' && Character.isISOControl(sign) ? '�' : sign)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    String red(String text) {
        return paint("31", text);
    }

    String green(String text) {
        return paint("32", text);
    }

    String yellow(String text) {
        return paint("33", text);
    }

    private String paint(String code, String text) {
        return colour ? "\033[" + code + "m" + text + "\033[0m" : text;
    }

    boolean coloured() {
        return colour;
    }

    void flush() {
        out.flush();
        err.flush();
    }
}
