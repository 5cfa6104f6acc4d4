package dev.mehari.cli.logs;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the logs.
 *
 * @param folders the components and where their logs lie, in the order they are shown
 * @param last how many files of each component, the newest; 0: all
 * @param level the least grave that is shown
 * @param trace only of this trace; null: of all
 * @param since only from then on; null: from the beginning
 * @param zone of times that name none
 */
public record LogQuestion(
        Map<String, Path> folders,
        int last,
        Level level,
        @Nullable String trace,
        @Nullable Instant since,
        boolean byComponent,
        ZoneId zone,
        List<Threshold> thresholds) {

    /**
     * Whether the line is a step that is measured. Graver levels than info change what is shown, not what is measured: a
     * slow step is found whatever is asked for.
     */
    boolean measures(LogLine line) {
        Level least = level.compareTo(Level.INFO) < 0 ? level : Level.INFO;
        return line.level().compareTo(least) >= 0
                && (trace == null || line.belongsTo(trace))
                && (since == null || !line.at().isBefore(since));
    }

    boolean shows(Step step) {
        return step.line().level().compareTo(level) >= 0 || step.speed() != Speed.FINE;
    }
}
