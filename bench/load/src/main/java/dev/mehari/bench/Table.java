package dev.mehari.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects numbers round by round and writes them as one Markdown table: median and range, ratio, goal. */
final class Table {
    private final Map<String, Row> rows = new LinkedHashMap<>();

    private static final class Row {
        private final String unit;
        private final String goal;
        private final List<Double> reference = new ArrayList<>();
        private final List<Double> mehari = new ArrayList<>();

        private Row(String unit, String goal) {
            this.unit = unit;
            this.goal = goal;
        }
    }

    void reference(String name, String unit, String goal, double value) {
        row(name, unit, goal).reference.add(value);
        say("reference", name, unit, value);
    }

    void mehari(String name, String unit, String goal, double value) {
        row(name, unit, goal).mehari.add(value);
        say("mehari", name, unit, value);
    }

    private Row row(String name, String unit, String goal) {
        return rows.computeIfAbsent(name, first -> new Row(unit, goal));
    }

    private static void say(String who, String name, String unit, double value) {
        System.err.printf(Locale.ROOT, "  %-9s %s: %s %s%n", who, name, number(value), unit);
    }

    String markdown() {
        var text = new StringBuilder("| measured | unit | bare Java | Mehari | Mehari ÷ bare Java | asked |\n|---|---|---|---|---|---|\n");
        rows.forEach((name, row) -> text.append("| %s | %s | %s | %s | %s | %s |\n"
                .formatted(name, row.unit, spread(row.reference), spread(row.mehari), ratio(row), row.goal)));
        return text.toString();
    }

    private static String ratio(Row row) {
        return row.reference.isEmpty() || row.mehari.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "%.2f", median(row.mehari) / median(row.reference));
    }

    private static String spread(List<Double> values) {
        if (values.isEmpty()) {
            return "";
        }
        var sorted = values.stream().sorted().toList();
        var middle = number(median(values));
        return values.size() == 1
                ? middle
                : middle + " (" + number(sorted.getFirst()) + " – " + number(sorted.getLast()) + ")";
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    private static String number(double value) {
        return value >= 1_000
                ? String.format(Locale.ROOT, "%,.0f", value).replace(',', ' ')
                : String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
