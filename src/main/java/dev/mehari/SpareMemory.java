package dev.mehari;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.management.JMException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the C library has been given back and keeps. At rest it goes when there may be some: after work, after a collection of the
 * heap, and when compilers have worked, which they do at rest, too, now and then, and leave up to 20 MB behind.
 */
final class SpareMemory {
    private static final Logger LOG = LoggerFactory.getLogger(SpareMemory.class);

    /** What less of the compilers' work leaves behind is not worth looking for it. */
    private static final Duration COMPILED = Duration.ofMillis(20);

    /** The JVM itself keeps what a compiler needed for up to five seconds: only a second look finds that. */
    private static final int TRIMS = 2;

    private final LongSupplier compilerMillis;
    private final Runnable trim;
    private long compiledBefore;
    private int trims = TRIMS;

    SpareMemory() {
        this(SpareMemory::compilerMillis, SpareMemory::trim);
    }

    /** @param compilerMillis for how long compilers have worked so far */
    SpareMemory(LongSupplier compilerMillis, Runnable trim) {
        this.compilerMillis = compilerMillis;
        this.trim = trim;
    }

    /** The looks to come are to find something. */
    void expect() {
        trims = TRIMS;
    }

    /** To be called every five seconds at rest, by one thread. */
    void look() {
        long compiled = compilerMillis.getAsLong();
        if (compiled - compiledBefore >= COMPILED.toMillis()) {
            compiledBefore = compiled;
            expect();
        }
        if (trims > 0) {
            trims--;
            trim.run();
        }
    }

    private static long compilerMillis() {
        var compilers = ManagementFactory.getCompilationMXBean();
        return compilers != null && compilers.isCompilationTimeMonitoringSupported()
                ? compilers.getTotalCompilationTime()
                : 0;
    }

    /** Takes a millisecond or two and pauses nobody. */
    private static void trim() {
        try {
            DiagnosticCommand.run("systemTrimNativeHeap");
        } catch (JMException | RuntimeException unknown) {
            LOG.debug("This system's memory is not trimmed: {}", unknown.getMessage());
        }
    }
}
