package dev.mehari.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.history.Statistics.Bucket;
import dev.mehari.history.Statistics.Percentiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivityChartTest {
    private static final Instant FROM = Instant.parse("2026-11-19T17:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    @ParameterizedTest(name = "{0} steps of {1}")
    @CsvSource({"1, PT1H", "24, PT1H", "168, PT1H", "400, P1D"})
    void chart_isAPictureWithAllThatWentOn(int steps, Duration step) throws IOException {
        var png = ActivityChart.png(busy(steps, step));

        // Left behind for eyes, where the build keeps what it makes.
        Files.write(Files.createDirectories(Path.of("target/charts")).resolve("report-" + steps + ".png"), png);
        var image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(ActivityChart.WIDTH);
        assertThat(png).hasSizeLessThan(200_000);
        assertThat(colors(png)).contains(0x3BA55D, 0xFAA81A, 0xF23F43, 0x5BA7F7, 0xC27CFF);
    }

    @Test
    void stepsWithoutABucket_areShownAsQuiet() {
        var bucket = new Bucket(
                Instant.parse("2026-11-19T18:00:00Z"),
                9,
                Map.of("delivered", 6L, "dead", 1L, "expired", 2L),
                new Percentiles(1L, 2L, 3L),
                new Percentiles(4L, 5L, 6L),
                new Percentiles(7L, 8L, 9L));

        var activity = ActivityReader.filled(
                Duration.ofHours(1), FROM.plusSeconds(900), FROM.plus(Duration.ofMinutes(130)), ZONE, List.of(bucket));

        assertThat(activity.points())
                .containsExactly(
                        new Activity.Point(Instant.parse("2026-11-19T17:00:00Z"), 0, 0, 0, null, null),
                        new Activity.Point(Instant.parse("2026-11-19T18:00:00Z"), 6, 0, 3, 7L, 8L),
                        new Activity.Point(Instant.parse("2026-11-19T19:00:00Z"), 0, 0, 0, null, null));
        assertThat(activity.isEmpty()).isFalse();
    }

    private static Activity busy(int steps, Duration step) {
        var random = new Random(7);
        var points = IntStream.range(0, steps)
                .mapToObj(at -> new Activity.Point(
                        FROM.plus(step.multipliedBy(at)),
                        40 + random.nextInt(60),
                        5 + random.nextInt(9),
                        at % 5 == 0 ? 3 : 0,
                        at % 7 == 3 ? null : 60L + random.nextInt(60),
                        at % 7 == 3 ? null : 200L + random.nextInt(700)))
                .toList();
        return new Activity(step, ZONE, points);
    }

    private static List<Integer> colors(byte[] png) throws IOException {
        var image = ImageIO.read(new ByteArrayInputStream(png));
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .map(at -> image.getRGB(at % image.getWidth(), at / image.getWidth()) & 0xFFFFFF)
                .distinct()
                .boxed()
                .toList();
    }
}
