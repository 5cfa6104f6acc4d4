package dev.mehari;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.VMOption.Origin;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Gives back to the system what the start or a time of work needed and rest does not: the heap is collected and shrinks
 * towards what is in use, and the C library's spare memory goes. Options of the command line win; a JVM that knows none of
 * it is left alone.
 */
@Component
class Footprint {
    private static final Logger LOG = LoggerFactory.getLogger(Footprint.class);

    /** How often the processor time is looked at. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** Of one core; what is at rest takes a hundredth. */
    private static final double REST = 0.1;

    /**
     * After so many looks at rest in a row, a minute and ten, there is one pause of a tenth of a second; the first after the
     * start comes at once. Sooner would be a pause in each gap of work that comes in bursts.
     */
    private static final Set<Integer> GIVE_BACK_AFTER = Set.of(12, 120);

    @EventListener(ApplicationReadyEvent.class)
    void keepSmall() {
        set("G1PeriodicGCInterval", "600000");
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine) {
            Thread.ofVirtual().name("footprint").start(() -> watch(machine));
        }
    }

    private static void watch(OperatingSystemMXBean machine) {
        try {
            boolean started = false;
            int atRest = 0;
            while (true) {
                long before = machine.getProcessCpuTime();
                Thread.sleep(LOOK);
                boolean rests = machine.getProcessCpuTime() - before < REST * LOOK.toNanos();
                atRest = rests ? atRest + 1 : 0;
                if (GIVE_BACK_AFTER.contains(atRest) || rests && !started) {
                    giveBack();
                    started = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The heap is left with little room; who works again may have more. */
    private static void giveBack() {
        freeRoom(10, 15);
        System.gc();
        freeRoom(20, 50);
        trim();
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

    private static void trim() {
        try {
            var commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(commands, "systemTrimNativeHeap", new Object[0], new String[0]);
        } catch (JMException | RuntimeException unknown) {
            LOG.debug("This system's memory is not trimmed: {}", unknown.getMessage());
        }
    }
}
