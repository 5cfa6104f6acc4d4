package dev.mehari.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who did what, and which edits came into use; newest first. Thread-safe; throws {@link HistoryAway}. */
public class Trails {
    private final Database database;

    Trails(Database database) {
        this.database = database;
    }

    /** @param action method and path of the call */
    public record Action(
            Instant at,
            String who,
            String action,
            int status,
            @Nullable String traceId) {}

    /** @param outcome in-use or refused */
    public record Edit(
            Instant at,
            String file,
            String outcome,
            @Nullable String detail) {}

    public List<Action> actions(int limit) {
        return database.ask(jdbc -> jdbc.query(
                "SELECT at, who, action, status, trace_id FROM audit ORDER BY event_ms DESC, event_seq DESC LIMIT ?",
                (row, number) -> new Action(
                        row.getTimestamp(1).toInstant(),
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getString(5)),
                limit));
    }

    public List<Edit> edits(int limit) {
        return database.ask(jdbc -> jdbc.query(
                "SELECT at, file, outcome, detail FROM configuration_changes ORDER BY event_ms DESC, event_seq DESC LIMIT ?",
                (row, number) ->
                        new Edit(row.getTimestamp(1).toInstant(), row.getString(2), row.getString(3), row.getString(4)),
                limit));
    }
}
