package dev.mehari;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption.Origin;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Gives back to the system what only the start needed: the heap shrinks towards what is in use, soon and whenever it was
 * idle for ten minutes, and the C library's spare memory goes. Options of the command line win; a JVM that knows none of it is left alone.
 */
@Component
class Footprint {
    private static final Logger LOG = LoggerFactory.getLogger(Footprint.class);

    /** Whoever waits for the start asks in these seconds, and is not to meet the pause. */
    private static final Duration FIRST_CALLS = Duration.ofSeconds(5);

    private static final Duration AFTER_START = Duration.ofSeconds(60);

    /** Percentages of the heap that may stand empty; milliseconds after which an idle heap is looked through. */
    private static final Map<String, String> OPTIONS =
            Map.of("MinHeapFreeRatio", "15", "MaxHeapFreeRatio", "30", "G1PeriodicGCInterval", "600000");

    @EventListener(ApplicationReadyEvent.class)
    void keepSmall() {
        OPTIONS.forEach(Footprint::set);
        Thread.ofVirtual().name("footprint").start(() -> {
            try {
                Thread.sleep(FIRST_CALLS);
                // One pause of a tenth of a second before there is much to do, for half the memory.
                System.gc();
                trim();
                Thread.sleep(AFTER_START);
                trim();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
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
