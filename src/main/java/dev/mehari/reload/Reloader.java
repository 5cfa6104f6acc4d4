package dev.mehari.reload;

import dev.mehari.problem.Problem;
import dev.mehari.problem.ProblemException;
import dev.mehari.reload.FolderWatch.Look;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what operators save into the running gateway (law 4): an edit is taken as a whole or leaves the last good text
 * running, and the reason is kept. Thread-safe; edits are worked off one after the other.
 */
public final class Reloader {

    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    /** Kinds refer to each other, channels to types, routes to channels: an edit in one may heal another. */
    private static final int MOST_PASSES = 3;

    private final List<KindInUse> kinds;
    private final FolderWatch watch;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean loaded;
    private volatile Runnable listener = () -> {};
    /** The look that nothing is left to do about; the watch answers the same one while nothing moves. */
    private @Nullable Look settled;

    Reloader(List<EditableFiles> kinds, FolderWatch watch, LastGood lastGood, ReloadMetrics metrics, Clock clock) {
        this.watch = watch;
        this.kinds = kinds.stream()
                .sorted(Comparator.comparingInt(EditableFiles::order))
                .map(kind -> new KindInUse(kind, lastGood, metrics, clock))
                .toList();
    }

    /**
     * Loads everything for the first time, before Camel starts.
     *
     * @throws ProblemException when a file that the gateway cannot go without is broken and has no last good text
     */
    public void load() {
        lock.lock();
        try {
            Look look = watch.lookNow();
            kinds.forEach(kind -> kind.start(look));
            loaded = true;
        } finally {
            lock.unlock();
        }
    }

    /** @param told is called after each look that met something, which may have changed nothing; it must be quick */
    public void tell(Runnable told) {
        listener = told;
    }

    /** Takes what stands on disk at this moment, without waiting for files to come to rest, and says how all stand. */
    public List<FileState> reloadNow() {
        lock.lock();
        try {
            if (loaded) {
                settled = null;
                work(watch.lookNow(), false);
            }
            return states();
        } finally {
            lock.unlock();
        }
    }

    /** Every known file, in use or refused, by path. */
    public List<FileState> states() {
        Map<String, FileState> states = new TreeMap<>();
        kinds.forEach(kind -> states.putAll(kind.states()));
        return List.copyOf(states.values());
    }

    /** What is wrong with files on disk that are therefore not in use. */
    public List<Problem> problems() {
        return states().stream()
                .filter(state -> !state.ok())
                .flatMap(state -> state.problems().stream())
                .toList();
    }

    /**
     * One round of the watching thread.
     *
     * @return whether all lies still, so that the next round has time
     */
    boolean look() {
        lock.lock();
        try {
            return loaded && rest(watch.look());
        } catch (RuntimeException e) {
            LOG.error("The folders could not be looked at, everything goes on as it was: {}", e.getMessage(), e);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean rest(Look look) {
        if (look == settled) {
            return true;
        }
        settled = null;
        work(look, true);
        settled = kinds.stream().anyMatch(KindInUse::doubted) ? null : look;
        return false;
    }

    private void work(Look look, boolean patient) {
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            boolean moved = false;
            for (KindInUse kind : kinds) {
                moved |= kind.work(look, patient, pass > 0);
            }
            if (!moved) {
                break;
            }
        }
        listener.run();
    }
}
