package dev.mehari.channel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What puts hand to the worker of their lane at once. It is open while he knows all that stands before; what comes while
 * he looks into the lane waits, so that the look's goes first. Closed, it forgets what comes: a look anew finds that, too.
 * Thread-safe.
 */
final class StraightFromPuts implements Lane.Taker {
    private static final Comparator<LaneEntry> ORDER = Comparator.comparing((LaneEntry entry) -> !entry.urgent())
            .thenComparing(LaneEntry::entryId, OrderedWorker::byPlace);

    private final IntSupplier room;
    private final Consumer<List<LaneEntry>> worker;
    private boolean open;
    /** What came since the look under way began; null while there is none. */
    private @Nullable List<LaneEntry> meanwhile;
    /** Whether something was lost since then. */
    private boolean lost;

    /**
     * @param room how many the worker takes at the moment
     * @param worker takes up what is to be delivered, in that order, without waiting
     */
    StraightFromPuts(IntSupplier room, Consumer<List<LaneEntry>> worker) {
        this.room = room;
        this.worker = worker;
    }

    @Override
    public int room() {
        return isOpen() ? room.getAsInt() : 0;
    }

    @Override
    public synchronized void take(List<LaneEntry> entries) {
        if (meanwhile != null) {
            meanwhile.addAll(entries);
        } else if (open) {
            worker.accept(entries);
        }
    }

    @Override
    public synchronized void lost() {
        open = false;
        lost = true;
    }

    synchronized boolean isOpen() {
        return open;
    }

    synchronized void close() {
        open = false;
        meanwhile = null;
    }

    /** @return whether the look must begin anew */
    synchronized boolean lookBegins() {
        meanwhile = new ArrayList<>();
        lost = false;
        return !open;
    }

    /** The lane is closed to takers for the time being. */
    synchronized void lookIsRefused() {
        end(List.of());
    }

    /** @param found what the look has brought, and nobody has */
    synchronized void lookEnds(List<LaneEntry> found) {
        open = !lost;
        end(found);
    }

    private void end(List<LaneEntry> found) {
        var came = meanwhile == null ? List.<LaneEntry>of() : meanwhile;
        meanwhile = null;
        if (open) {
            worker.accept(came.isEmpty() ? found : together(found, came));
        }
    }

    private static List<LaneEntry> together(List<LaneEntry> found, List<LaneEntry> came) {
        var all = new ArrayList<>(found);
        for (var entry : came) {
            if (found.stream().noneMatch(one -> one.entryId().equals(entry.entryId()))) {
                all.add(entry);
            }
        }
        all.sort(ORDER);
        return all;
    }
}
