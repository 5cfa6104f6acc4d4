package dev.mehari;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.VMOption.Origin;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gives back to the system what the start or a time of work needed and rest does not: the heap is collected and shrinks
 * towards what is in use, and the C library's spare memory goes. Work has the heap grow again at once (decision 0090).
 * Options of the command line win; a JVM that knows none of it is left alone.
 */
@Component
class Footprint {
    private static final Logger LOG = LoggerFactory.getLogger(Footprint.class);

    private static final int LOOK_SECONDS = 5;

    /** How often the processor time is looked at. */
    static final Duration LOOK = Duration.ofSeconds(LOOK_SECONDS);

    /** Of one core; what is at rest takes a hundredth. */
    private static final double REST = 0.1;

    /**
     * After so many looks at rest in a row, a minute and ten, there is one pause of a tenth of a second; the first after the
     * start comes at once. Sooner would be a pause in each gap of work that comes in bursts.
     */
    private static final Set<Integer> GIVE_BACK_AFTER = Set.of(12, 120);

    /** Of young objects between two looks: each costs the same however many have come and gone since the one before. */
    static final int OFTEN = 25;

    /** The serial collector's collection of young objects. It alone does not find out by itself how much room they need. */
    private static final String SERIAL = "Copy";

    private final LongSupplier processorTime;
    private final LongSupplier collections;
    private final Runnable giveBack;
    private final Runnable makeRoom;
    private final SpareMemory spare;
    private volatile long before;
    private volatile long collectionsBefore;
    private boolean started;
    private boolean roomy;
    private int atRest;

    Footprint() {
        this(
                Footprint::processorTime,
                Footprint::collections,
                Footprint::giveBack,
                Footprint::makeRoom,
                new SpareMemory());
    }

    /**
     * @param processorTime of this process so far, in nanoseconds; no progress where it is not known
     * @param collections of young objects so far; no progress where the collector makes room by itself
     */
    Footprint(
            LongSupplier processorTime,
            LongSupplier collections,
            Runnable giveBack,
            Runnable makeRoom,
            SpareMemory spare) {
        this.processorTime = processorTime;
        this.collections = collections;
        this.giveBack = giveBack;
        this.makeRoom = makeRoom;
        this.spare = spare;
    }

    @EventListener(ApplicationReadyEvent.class)
    void keepSmall() {
        set("G1PeriodicGCInterval", "600000");
        startIsOver();
    }

    /** What the start took is no work that asks for room. */
    void startIsOver() {
        before = processorTime.getAsLong();
        collectionsBefore = collections.getAsLong();
        spare.look();
    }

    /** To be called every {@link #LOOK}, by one thread. */
    @Scheduled(initialDelay = LOOK_SECONDS, fixedDelay = LOOK_SECONDS, timeUnit = TimeUnit.SECONDS)
    void look() {
        long now = processorTime.getAsLong();
        long collected = collections.getAsLong();
        boolean rests = now - before < REST * LOOK.toNanos();
        atRest = rests ? atRest + 1 : 0;
        if (GIVE_BACK_AFTER.contains(atRest) || rests && !started) {
            giveBack.run();
            spare.expect();
            started = true;
            roomy = false;
        } else if (!roomy && collected - collectionsBefore >= OFTEN) {
            makeRoom.run();
            roomy = true;
        }
        if (rests) {
            spare.look();
        } else {
            spare.expect();
        }
        collectionsBefore = collected;
        before = processorTime.getAsLong();
    }

    private static long processorTime() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? machine.getProcessCpuTime()
                : 0;
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> collector.getName().equals(SERIAL))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    /** The heap is left with hardly any room; who works again may have more. */
    private static void giveBack() {
        freeRoom(0, 1);
        System.gc();
        freeRoom(20, 50);
    }

    /** Only a whole collection changes the room for young objects, which is half of that for old ones. */
    private static void makeRoom() {
        freeRoom(75, 90);
        System.gc();
    }

    /** Percentages of the heap that may stand empty after a collection. */
    private static void freeRoom(int atLeast, int atMost) {
        set("MinHeapFreeRatio", "0");
        set("MaxHeapFreeRatio", Integer.toString(atMost));
        set("MinHeapFreeRatio", Integer.toString(atLeast));
    }

    private static void set(String option, String value) {
        try {
            var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            var origin = machine.getVMOption(option).getOrigin();
            if (origin == Origin.DEFAULT || origin == Origin.MANAGEMENT) {
                machine.setVMOption(option, value);
            }
        } catch (RuntimeException unknown) {
            LOG.debug("This JVM has no {}: {}", option, unknown.getMessage());
        }
    }
}
