package dev.mehari.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws what went on as a PNG: deliveries, latency, failures, one above the other on one axis of time. Its colours are
 * made for Discord's dark theme, and its letters are large enough for the small picture that Discord shows at first.
 */
final class ActivityChart {
    static final int WIDTH = 880;
    private static final int[] HEIGHTS = {250, 210, 180};
    private static final Color BACKGROUND = new Color(0x2B2D31);
    private static final Color PLOT = new Color(0x232428);
    private static final Color GRID = new Color(0x3F4147);
    private static final Color TEXT = new Color(0xDBDEE1);
    private static final Color GREEN = new Color(0x3BA55D);
    private static final Color AMBER = new Color(0xFAA81A);
    private static final Color RED = new Color(0xF23F43);
    private static final Color BLUE = new Color(0x5BA7F7);
    private static final Color VIOLET = new Color(0xC27CFF);
    /** Room for so many dates; more would run into each other. */
    private static final int LABELS = 8;
    /** The same in all panels, so that one moment stands above itself. */
    private static final int LABEL_WIDTH = 76;

    private static final int LEGEND_PADDING = 10;

    private final Activity activity;
    private final List<Integer> steps;

    private ActivityChart(Activity activity) {
        this.activity = activity;
        this.steps = IntStream.range(0, activity.points().size()).boxed().toList();
    }

    /** @throws IOException or an error of the platform's, where it has no fonts or cannot draw at all */
    static byte[] png(Activity activity) throws IOException {
        var chart = new ActivityChart(activity);
        var image = new BufferedImage(WIDTH, IntStream.of(HEIGHTS).sum(), BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        try {
            int top = 0;
            List<CategoryChart> panels = List.of(chart.deliveries(), chart.latency(), chart.failures());
            for (int at = 0; at < panels.size(); at++) {
                Graphics2D part = (Graphics2D) canvas.create(0, top, WIDTH, HEIGHTS[at]);
                panels.get(at).paint(part, WIDTH, HEIGHTS[at]);
                part.dispose();
                top += HEIGHTS[at];
            }
        } finally {
            canvas.dispose();
        }
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private CategoryChart deliveries() {
        String each = activity.step().equals(Duration.ofDays(1)) ? "day" : "hour";
        CategoryChart chart = panel(0, "Deliveries per " + each);
        bars(chart, "delivered", GREEN, Activity.Point::delivered);
        bars(chart, "diverted", AMBER, Activity.Point::diverted);
        return chart;
    }

    private CategoryChart latency() {
        CategoryChart chart = panel(1, "Latency (ms)");
        line(chart, "p50", BLUE, Activity.Point::p50);
        line(chart, "p95", VIOLET, Activity.Point::p95);
        return chart;
    }

    private CategoryChart failures() {
        CategoryChart chart = panel(2, "Failures: given up or expired");
        bars(chart, "failed", RED, Activity.Point::failed);
        return chart;
    }

    private CategoryChart panel(int number, String title) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHTS[number])
                .title(title)
                .build();
        CategoryStyler style = chart.getStyler();
        style.setStacked(true).setAvailableSpaceFill(0.85);
        style.setChartBackgroundColor(BACKGROUND).setChartFontColor(TEXT).setAntiAlias(true);
        style.setChartTitleFont(font(Font.BOLD, 20)).setChartTitleBoxVisible(false);
        style.setPlotBackgroundColor(PLOT).setPlotBorderVisible(false).setChartPadding(8);
        style.setLegendPosition(LegendPosition.InsideNW).setLegendLayout(LegendLayout.Horizontal);
        style.setLegendBackgroundColor(PLOT).setLegendBorderColor(PLOT).setLegendFont(font(Font.PLAIN, 17));
        style.setLegendPadding(LEGEND_PADDING)
                .setLegendVisible(number < 2)
                .setYAxisLeftWidthHint(number < 2 ? LABEL_WIDTH : LABEL_WIDTH + LEGEND_PADDING);
        style.setYAxisLabelAlignment(TextAlignment.Right).setMarkerSize(steps.size() > 60 ? 3 : 8);
        style.setPlotGridLinesColor(GRID).setPlotGridLinesStroke(new BasicStroke(1));
        style.setPlotGridVerticalLinesVisible(false);
        style.setAxisTickLabelsFont(font(Font.PLAIN, 17)).setAxisTickLabelsColor(TEXT);
        style.setAxisTickMarksColor(GRID).setAxisTicksLineVisible(false);
        style.setXAxisMaxLabelCount(LABELS).setYAxisMin(0.0).setYAxisMax(top(number));
        style.setYAxisTickMarkSpacingHint(34).setLocale(Locale.ROOT);
        style.setxAxisTickLabelsFormattingFunction(this::moment);
        style.setyAxisTickLabelsFormattingFunction(ActivityChart::count);
        return chart;
    }

    /** Some room above the highest, where the legend stands; never nothing at all. */
    private double top(int panel) {
        long highest = activity.points().stream()
                .mapToLong(point -> switch (panel) {
                    case 0 -> point.delivered() + point.diverted();
                    case 1 -> point.p95() == null ? 0 : point.p95();
                    default -> point.failed();
                })
                .max()
                .orElse(0);
        return Math.max(4, highest * (panel == 2 ? 1.1 : 1.45));
    }

    private void bars(CategoryChart chart, String name, Color color, Function<Activity.Point, Long> value) {
        CategorySeries series = chart.addSeries(
                name, steps, activity.points().stream().map(value).toList());
        series.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Bar).setFillColor(color);
    }

    private void line(CategoryChart chart, String name, Color color, Function<Activity.Point, @Nullable Long> value) {
        CategorySeries series = chart.addSeries(
                name, steps, activity.points().stream().map(value).toList());
        series.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Line);
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color);
        series.setLineColor(color).setLineStyle(new BasicStroke(2.5f));
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    private String moment(double step) {
        int at = Math.min(steps.size() - 1, Math.max(0, (int) step));
        Instant instant = activity.points().get(at).at();
        Duration period = activity.step().multipliedBy(steps.size());
        String form = period.compareTo(Duration.ofHours(30)) > 0 ? "MM-dd" : "HH:mm";
        return DateTimeFormatter.ofPattern(form, Locale.ROOT).format(instant.atZone(activity.zone()));
    }

    static String count(double number) {
        return number >= 1_000_000
                ? trimmed(number / 1_000_000) + "M"
                : number >= 10_000 ? trimmed(number / 1_000) + "k" : trimmed(number);
    }

    private static String trimmed(double number) {
        return String.format(Locale.ROOT, "%.1f", number).replaceAll("\\.0$", "");
    }
}
