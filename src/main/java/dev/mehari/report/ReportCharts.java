package dev.mehari.report;

import dev.mehari.notification.Attachment;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the picture that goes with a report, where it can be made: a report is whole without it. Thread-safe. */
final class ReportCharts {
    static final String NAME = "chart.png";
    private static final Logger LOG = LoggerFactory.getLogger(ReportCharts.class);

    /** Asks the history. */
    @FunctionalInterface
    interface Source {
        Activity read(Instant from, Instant to, ZoneId zone);
    }

    private final Source source;

    ReportCharts(Source source) {
        this.source = source;
    }

    /** Empty when nothing went on, when the history is away, and where the machine has no fonts. */
    Optional<Attachment> of(String report, Instant from, Instant to, ZoneId zone) {
        try {
            Activity activity = source.read(from, to, zone);
            return activity.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Attachment(NAME, "image/png", ActivityChart.png(activity), null));
        } catch (Exception | LinkageError | InternalError e) {
            // A JRE without fontconfig or java.desktop fails with errors, each time with another one.
            LOG.warn("report.chart-left-out name={} reason={}", report, e.toString());
            return Optional.empty();
        }
    }
}
