package dev.mehari.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one process has taken from a lane and not finished: a queue for each order key, of which only the first may be
 * under way. A key whose first must wait is set aside with all behind it and takes no other key's place. Thread-safe.
 */
final class TakenDeliveries {
    /** Bounds of what is set aside; with either reached, nothing more is taken until something is due or finished. */
    static final int ASIDE = 10_000;

    static final long ASIDE_BYTES = 8_000_000;

    private static final Comparator<Line> DUE =
            Comparator.comparingLong(line -> line.first().notBefore());

    private final Map<String, Line> lines = new HashMap<>();
    private final Map<String, Line> byEntry = new HashMap<>();
    private final PriorityQueue<Line> later = new PriorityQueue<>(DUE);
    private final Queue<LaneEntry> ready = new ConcurrentLinkedQueue<>();
    private final Runnable call;
    private int aside;
    private long asideBytes;
    private long ended;

    private enum Place {
        READY,
        UNDER_WAY,
        LATER
    }

    private static final class Line {
        private final String key;
        private final Deque<LaneEntry> entries = new ArrayDeque<>();
        private Place place = Place.READY;
        private long bytes;

        private Line(String key) {
            this.key = key;
        }

        private LaneEntry first() {
            return entries.getFirst();
        }

        private void addLast(LaneEntry entry) {
            entries.addLast(entry);
            bytes += entry.bytes();
        }

        private void addFirst(LaneEntry entry) {
            entries.addFirst(entry);
            bytes += entry.bytes();
        }

        private LaneEntry removeFirst() {
            var first = entries.removeFirst();
            bytes -= first.bytes();
            return first;
        }

        private List<LaneEntry> removeIf(Predicate<LaneEntry> unwanted) {
            var removed = new ArrayList<LaneEntry>();
            entries.removeIf(entry -> unwanted.test(entry) && removed.add(entry));
            removed.forEach(entry -> bytes -= entry.bytes());
            return removed;
        }
    }

    /** @param call told of each delivery that may be sent from now on; must not wait */
    TakenDeliveries(Runnable call) {
        this.call = call;
    }

    /** Adds one at the end of its key's queue. */
    synchronized void add(String key, LaneEntry entry, long nowMillis) {
        var line = lines.computeIfAbsent(key, Line::new);
        byEntry.put(entry.entryId(), line);
        line.addLast(entry);
        if (line.entries.size() == 1) {
            place(line, nowMillis);
        } else if (line.place == Place.LATER) {
            aside++;
            asideBytes += entry.bytes();
        }
    }

    /** A delivery that may be sent, for whoever asks first; null while there is none. */
    synchronized @Nullable LaneEntry next() {
        for (var entry = ready.poll(); entry != null; entry = ready.poll()) {
            var line = byEntry.get(entry.entryId());
            if (line != null && line.place == Place.READY && line.first() == entry) {
                line.place = Place.UNDER_WAY;
                return entry;
            }
        }
        return null;
    }

    /** Whether {@link #next} may have one. */
    boolean hasNext() {
        return !ready.isEmpty();
    }

    /** The delivery under way must wait: its key is set aside until then. */
    synchronized void putOff(LaneEntry entry) {
        var line = byEntry.get(entry.entryId());
        if (line != null) {
            line.removeFirst();
            line.addFirst(entry);
            setAside(line);
        }
    }

    /** The delivery under way has left the lane: the next of its key may go. */
    synchronized void finished(LaneEntry entry, long nowMillis) {
        var line = byEntry.remove(entry.entryId());
        if (line != null) {
            ended++;
            line.removeFirst();
            goOn(line, nowMillis);
        }
    }

    synchronized void passOnWhatIsDue(long nowMillis) {
        for (var line = later.peek(); line != null && line.first().notBefore() <= nowMillis; line = later.peek()) {
            takeBack(line);
            makeReady(line);
        }
    }

    /** Takes out what waits, first or behind; what is under way stays. */
    synchronized List<LaneEntry> removeWaiting(Predicate<LaneEntry> unwanted, long nowMillis) {
        var removed = new ArrayList<LaneEntry>();
        for (var line : List.copyOf(lines.values())) {
            var underWay = line.place == Place.UNDER_WAY ? line.removeFirst() : null;
            if (line.entries.stream().anyMatch(unwanted)) {
                if (line.place == Place.LATER) {
                    takeBack(line);
                }
                removed.addAll(line.removeIf(unwanted));
                if (underWay == null) {
                    goOn(line, nowMillis);
                }
            }
            if (underWay != null) {
                line.addFirst(underWay);
            }
        }
        removed.forEach(entry -> byEntry.remove(entry.entryId()));
        return removed;
    }

    /** Deliveries in the way of others: all but those set aside. */
    synchronized int inTheWay() {
        return byEntry.size() - aside;
    }

    /** How many finished so far. */
    synchronized long ended() {
        return ended;
    }

    /** How many were taken and had not finished when so many had. */
    synchronized long knownSince(long endedThen) {
        return byEntry.size() + ended - endedThen;
    }

    synchronized boolean isEmpty() {
        return byEntry.isEmpty();
    }

    synchronized boolean isFull() {
        return aside >= ASIDE || asideBytes >= ASIDE_BYTES;
    }

    synchronized boolean contains(String entryId) {
        return byEntry.containsKey(entryId);
    }

    synchronized Set<String> entryIds() {
        return new HashSet<>(byEntry.keySet());
    }

    /** Epoch milliseconds; null when nothing is put off. */
    synchronized @Nullable Long nextDue() {
        var line = later.peek();
        return line == null ? null : line.first().notBefore();
    }

    private void goOn(Line line, long nowMillis) {
        if (line.entries.isEmpty()) {
            lines.remove(line.key);
        } else {
            place(line, nowMillis);
        }
    }

    private void place(Line line, long nowMillis) {
        if (line.first().notBefore() > nowMillis) {
            setAside(line);
        } else {
            makeReady(line);
        }
    }

    private void makeReady(Line line) {
        line.place = Place.READY;
        ready.add(line.first());
        call.run();
    }

    private void setAside(Line line) {
        line.place = Place.LATER;
        aside += line.entries.size();
        asideBytes += line.bytes;
        later.add(line);
    }

    private void takeBack(Line line) {
        later.remove(line);
        aside -= line.entries.size();
        asideBytes -= line.bytes;
    }
}
