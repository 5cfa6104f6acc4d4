package dev.mehari.history;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * The load of the processors that this process may use, by whomever it is. On Linux, what runs at a lowered priority counts
 * as spare: it stands back by itself, and the embedded PostgreSQL, which does so, would else seem to be in its own way. One
 * thread.
 */
final class ProcessorLoad implements Load {
    private static final String ALLOWED = "Cpus_allowed_list:";

    /** Ticks since the machine started. */
    private record Ticks(long spare, long all) {}

    private final Path stat;
    private final Path status;
    private final Load whole;
    private Ticks before = new Ticks(0, 0);

    ProcessorLoad() {
        this(Path.of("/proc"), ProcessorLoad::ofTheBean);
    }

    /**
     * @param proc where Linux tells, proc(5)
     * @param whole asked where it does not, or where a container has a share of the processors' time
     */
    ProcessorLoad(Path proc, Load whole) {
        this.stat = proc.resolve("stat");
        this.status = proc.resolve("self/status");
        this.whole = whole;
    }

    @Override
    public double share() {
        try {
            var allowed = allowed();
            return allowed.cardinality() <= Runtime.getRuntime().availableProcessors()
                    ? since(ticks(allowed))
                    : whole.share();
        } catch (IOException | NumberFormatException notLinux) {
            return whole.share();
        }
    }

    private double since(Ticks now) {
        var last = before;
        before = now;
        long all = now.all() - last.all();
        return all <= 0 ? 0 : 1 - (double) (now.spare() - last.spare()) / all;
    }

    /** {@code 0-3,8} in the line of /proc/self/status. */
    private BitSet allowed() throws IOException {
        var allowed = new BitSet();
        for (var range : line(status, ALLOWED).split(",")) {
            var ends = range.split("-");
            allowed.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        }
        return allowed;
    }

    private static String line(Path file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            var found = lines.filter(line -> line.startsWith(name)).findFirst();
            return found.orElseThrow(() -> new IOException(file + " has no " + name))
                    .substring(name.length())
                    .strip();
        }
    }

    /** The lines {@code cpuN user nice system idle iowait irq softirq steal} of /proc/stat. */
    private Ticks ticks(BitSet allowed) throws IOException {
        long spare = 0;
        long all = 0;
        for (var line : processors()) {
            var fields = line.split(" ");
            if (allowed.get(Integer.parseInt(fields[0].substring(3)))) {
                spare += Long.parseLong(fields[2]) + Long.parseLong(fields[4]) + Long.parseLong(fields[5]);
                for (int i = 1; i <= 8; i++) {
                    all += Long.parseLong(fields[i]);
                }
            }
        }
        return new Ticks(spare, all);
    }

    private List<String> processors() throws IOException {
        try (Stream<String> lines = Files.lines(stat)) {
            return lines.skip(1).takeWhile(line -> line.startsWith("cpu")).toList();
        }
    }

    private static double ofTheBean() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getCpuLoad();
    }
}
