package dev.mehari.reload;

import dev.mehari.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How each file of one kind stands, for the API and the metrics. Written by one thread, read by any. */
final class FileStates {

    private final String kind;
    private final ReloadMetrics metrics;
    private final Clock clock;
    private volatile Map<String, FileState> byPath = Map.of();

    FileStates(String kind, ReloadMetrics metrics, Clock clock) {
        this.kind = kind;
        this.metrics = metrics;
        this.clock = clock;
    }

    Map<String, FileState> byPath() {
        return byPath;
    }

    void record(Map<String, String> inUse, Map<String, List<Problem>> refused, List<Problem> warnings) {
        Map<String, FileState> states = new TreeMap<>();
        inUse.forEach((path, text) -> states.put(path, inUse(path, hash(text), refused, warnings)));
        refused.forEach((path, problems) ->
                states.computeIfAbsent(path, same -> new FileState(path, kind, "", null, false, problems)));
        boolean changed = !states.equals(byPath);
        byPath = states;
        if (changed) {
            metrics.taken(kind, inUse.size(), refused.isEmpty(), lastTaken());
        }
    }

    void countRefusal() {
        metrics.refused(kind);
    }

    private FileState inUse(String path, String hash, Map<String, List<Problem>> refused, List<Problem> warnings) {
        FileState before = byPath.get(path);
        Instant loadedAt = before != null && before.hash().equals(hash) ? before.loadedAt() : clock.instant();
        List<Problem> problems = refused.getOrDefault(
                path, warnings.stream().filter(w -> w.file().equals(path)).toList());
        return new FileState(path, kind, hash, loadedAt, !refused.containsKey(path), problems);
    }

    private Instant lastTaken() {
        return byPath.values().stream()
                .map(FileState::loadedAt)
                .filter(at -> at != null)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
