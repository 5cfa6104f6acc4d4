package dev.mehari.reload;

import dev.mehari.problem.Problem;
import dev.mehari.problem.ProblemException;
import dev.mehari.reload.FolderWatch.Look;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One kind of files: the texts in use and what was last tried. Guarded by the {@link Reloader}. */
final class KindInUse {

    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    private final EditableFiles kind;
    private final LastGood lastGood;
    private final FileStates states;
    private Map<String, String> inUse = Map.of();
    private Disk tried = new Disk(Map.of(), Map.of());
    private Map<String, List<Problem>> refused = Map.of();
    private Map<String, List<Problem>> said = Map.of();
    private boolean doubted;

    KindInUse(EditableFiles kind, LastGood lastGood, ReloadMetrics metrics, Clock clock) {
        this.kind = kind;
        this.lastGood = lastGood;
        this.states = new FileStates(kind.name(), metrics, clock);
    }

    /** What the folders hold of this kind. */
    private record Disk(Map<String, String> texts, Map<String, String> unreadable) {

        /** A file that cannot be read is not a deleted one: its other text stands for it. */
        Map<String, String> textsOr(Map<String, String> others) {
            Map<String, String> all = new TreeMap<>(texts);
            unreadable.keySet().stream().filter(others::containsKey).forEach(path -> all.put(path, others.get(path)));
            return all;
        }

        Map<String, List<Problem>> problems() {
            Map<String, List<Problem>> problems = new TreeMap<>();
            unreadable.forEach((path, reason) -> problems.put(path, List.of(Problem.of(path, reason))));
            return problems;
        }
    }

    Map<String, FileState> states() {
        return states.byPath();
    }

    /** Whether a refusal waits for one more look. */
    boolean doubted() {
        return doubted;
    }

    /** The first load: what is broken is replaced by its last good text, as if the gateway had never stopped. */
    void start(Look look) {
        long began = System.nanoTime();
        Map<String, String> stored = lastGood.read(kind::covers);
        tried = covered(look);
        Settlement settlement = first(stored, tried.textsOr(stored));
        Map<String, List<Problem>> problems = tried.problems();
        problems.putAll(settlement.refused());
        mayStart(settlement, problems);
        apply(settlement);
        refused = problems;
        said = problems;
        states.record(inUse, refused, settlement.warnings());
        problems.forEach(this::sayStartedWithout);
        LOG.info("{}: {} files loaded, {} ms", kind.name(), inUse.size(), millisSince(began));
    }

    private Settlement first(Map<String, String> stored, Map<String, String> onDisk) {
        Settlement direct = Settlement.between(kind, Map.of(), onDisk);
        if (direct.refused().isEmpty()) {
            return direct;
        }
        if (kind.prepare(Snapshot.of(stored)) instanceof Change.Ready ready) {
            Settlement edited = Settlement.between(kind, stored, onDisk);
            return edited.change() != null ? edited : new Settlement(stored, ready, edited.refused());
        }
        Map<String, String> healed = new TreeMap<>(onDisk);
        direct.refused().keySet().forEach(path -> healed.computeIfPresent(path, (same, text) -> stored.get(path)));
        Settlement settled = Settlement.between(kind, Map.of(), healed);
        direct.refused().forEach(settled.refused()::put);
        return settled;
    }

    private void mayStart(Settlement settlement, Map<String, List<Problem>> problems) {
        if (kind.eachFileAlone()) {
            return;
        }
        List<Problem> fatal = new ArrayList<>();
        problems.forEach((path, reasons) -> {
            if (!settlement.texts().containsKey(path)) {
                fatal.addAll(reasons);
            }
        });
        if (fatal.isEmpty()
                && settlement.change() == null
                && kind.prepare(Snapshot.of(settlement.texts())) instanceof Change.Refused no) {
            fatal.addAll(no.problems());
        }
        if (!fatal.isEmpty()) {
            throw new ProblemException(fatal);
        }
    }

    private void apply(Settlement settlement) {
        Change change =
                settlement.change() != null ? settlement.change() : kind.prepare(Snapshot.of(settlement.texts()));
        try {
            if (change instanceof Change.Ready ready) {
                ready.application().apply();
            }
        } catch (Exception e) {
            throw new IllegalStateException("The " + kind.name() + " files cannot be loaded: " + e.getMessage(), e);
        }
        inUse = settlement.texts();
        lastGood.keep(inUse, kind::covers);
    }

    private void sayStartedWithout(String path, List<Problem> problems) {
        String instead = inUse.containsKey(path) ? "its last good text is in use instead" : "it is left out";
        problems.forEach(problem -> LOG.error("BROKEN FILE AT START, {}: {}", instead, problem));
    }

    /**
     * Takes what can be taken of the files on disk.
     *
     * @param patient whether a refusal waits for one more look, as the file may be half written
     * @param again whether another kind has changed since, so that what was refused may now be right
     * @return whether anything was put in place
     */
    boolean work(Look look, boolean patient, boolean again) {
        Disk disk = covered(look);
        boolean news = !disk.equals(tried);
        boolean due = doubted && !(patient && look.moving().stream().anyMatch(refused::containsKey));
        if (!news && !due && !(again && !refused.isEmpty())) {
            return false;
        }
        long began = System.nanoTime();
        tried = disk;
        Settlement settlement = Settlement.between(kind, inUse, disk.textsOr(inUse));
        refused = disk.problems();
        refused.putAll(settlement.refused());
        boolean moved = settlement.change() != null && put(settlement, settlement.change(), began);
        doubted = patient && !refused.isEmpty() && (news || again && doubted);
        if (!doubted || moved) {
            states.record(inUse, refused, settlement.warnings());
        }
        if (!doubted) {
            sayRefused();
        }
        return moved;
    }

    private boolean put(Settlement settlement, Change.Ready change, long began) {
        try {
            change.application().apply();
        } catch (Exception e) {
            LOG.error("{}: an edit that had passed every check could not be put in place", kind.name(), e);
            String message = "It passed every check but could not be put in place (" + e.getMessage()
                    + "): the last good one goes on; save the file again.";
            edits(inUse, settlement.texts()).forEach(path -> refused.put(path, List.of(Problem.of(path, message))));
            return false;
        }
        Set<String> edits = edits(inUse, settlement.texts());
        inUse = settlement.texts();
        lastGood.keep(inUse, kind::covers);
        long millis = millisSince(began);
        edits.forEach(path -> LOG.info(
                "{} {}, took {} ms",
                path,
                inUse.containsKey(path) ? "is in use" : "is deleted and out of use",
                millis));
        settlement.warnings().forEach(warning -> LOG.warn("{}", warning));
        return true;
    }

    private void sayRefused() {
        refused.forEach((path, problems) -> {
            if (!problems.equals(said.get(path))) {
                problems.forEach(problem -> LOG.error("{} REFUSED, it goes on as it was. {}", path, problem));
                states.countRefusal();
            }
        });
        said = refused;
    }

    private Disk covered(Look look) {
        return new Disk(pick(look.texts()), pick(look.unreadable()));
    }

    private Map<String, String> pick(Map<String, String> all) {
        Map<String, String> mine = new TreeMap<>(all);
        mine.keySet().removeIf(path -> !kind.covers(path));
        return mine;
    }

    private static Set<String> edits(Map<String, String> before, Map<String, String> after) {
        Set<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        paths.removeIf(path -> Objects.equals(before.get(path), after.get(path)));
        return paths;
    }

    private static long millisSince(long began) {
        return (System.nanoTime() - began) / 1_000_000;
    }
}
