package dev.mehari.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The faults that are switched on, by channel; {@code *} stands for every channel. Safe for use by many threads. */
public final class FaultBoard {
    /** Stands for every channel that has no fault of its own. */
    public static final String ALL = "*";

    private final Map<String, Switched> switched = new TreeMap<>();

    /** Switches the fault on, in place of one that was on before. */
    public synchronized void put(String channel, Fault fault) {
        switched.put(channel, new Switched(fault));
    }

    public synchronized void remove(String channel) {
        switched.remove(channel);
    }

    public synchronized void clear() {
        switched.clear();
    }

    /** The faults that are on, with the requests they have left. */
    public synchronized Map<String, Fault> all() {
        Map<String, Fault> all = new TreeMap<>();
        switched.forEach((channel, on) -> all.put(channel, on.left()));
        return all;
    }

    /** The fault that this request meets, one of its times spent. */
    synchronized Optional<Fault> meet(String channel) {
        String key = switched.containsKey(channel) ? channel : ALL;
        Switched on = switched.get(key);
        if (on == null) {
            return Optional.empty();
        }
        Optional<Fault> met = on.meet();
        if (on.spent()) {
            switched.remove(key);
        }
        return met;
    }

    private static final class Switched {
        private final Fault fault;
        private final Random dice;
        private @Nullable Integer left;

        private Switched(Fault fault) {
            this.fault = fault;
            this.dice = new Random(fault.seed() == null ? System.nanoTime() : fault.seed());
            this.left = fault.times();
        }

        private Optional<Fault> meet() {
            double rate = fault.rate() == null ? 0.5 : fault.rate();
            if (fault.kind() == Fault.Kind.FLAKY && dice.nextDouble() >= rate) {
                return Optional.empty();
            }
            left = left == null ? null : left - 1;
            return Optional.of(fault);
        }

        private boolean spent() {
            return left != null && left <= 0;
        }

        private Fault left() {
            return left == null ? fault : fault.times(left);
        }
    }
}
