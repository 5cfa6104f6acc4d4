package dev.mehari.history;

import dev.mehari.reload.FileState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;

/** Tells the history which edits of operators' files were put in use or refused while the gateway ran. */
final class ConfigurationTrail {
    private final Supplier<List<FileState>> states;
    private final Records records;
    private @Nullable Map<String, FileState> before;

    ConfigurationTrail(Supplier<List<FileState>> states, Records records) {
        this.states = states;
        this.records = records;
    }

    /** Called once soon after the start, which is no edit, and then after each look of the reloader that met something. */
    @Scheduled(initialDelayString = "PT2S")
    synchronized void look() {
        if (!records.enabled()) {
            return;
        }
        var known = before;
        var now = new HashMap<String, FileState>();
        states.get().forEach(state -> now.put(state.path(), state));
        before = now;
        if (known == null || known.isEmpty()) {
            return;
        }
        now.values().stream()
                .filter(state -> isNews(known.get(state.path()), state))
                .forEach(this::tell);
        known.keySet().stream()
                .filter(path -> !now.containsKey(path))
                .forEach(path -> records.configurationChanged(path, true, "deleted"));
    }

    private static boolean isNews(@Nullable FileState before, FileState now) {
        return before == null
                || before.ok() != now.ok()
                || !before.hash().equals(now.hash())
                || !now.ok() && !before.problems().equals(now.problems());
    }

    private void tell(FileState state) {
        var problems = state.problems().stream().map(Object::toString).collect(Collectors.joining("\n"));
        records.configurationChanged(state.path(), state.ok(), state.ok() ? "sha256 " + state.hash() : problems);
    }
}
