package dev.mehari.cli.logs;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One log file read from its start, entry by entry. Entries that stand up to {@value #WINDOW} places out of order, as
 * several threads write them, come in order; what is longer than people read is cut. Memory is bounded.
 */
final class LogFile implements Closeable {
    static final int WINDOW = 256;
    static final int LONGEST = 1 << 20;
    private static final int LONGEST_KEPT = 4_096;
    private static final int MOST_MORE = 50;

    private final Reader reader;
    private final char[] buffer = new char[1 << 14];
    private int at;
    private int filled;
    private final JsonLines json;
    private final PlainLines plain;
    private final PriorityQueue<Entry> window = new PriorityQueue<>(
            Comparator.comparing((Entry entry) -> entry.line().at()).thenComparingLong(Entry::number));
    private @Nullable LogLine open;
    private List<String> more = new ArrayList<>();
    private long number;
    private long lines;
    private long unread;
    private boolean ended;

    private record Entry(LogLine line, long number) {}

    LogFile(Path file, String component, Times times) throws IOException {
        this.reader = text(file);
        this.json = new JsonLines(component, times);
        this.plain = new PlainLines(component, times);
    }

    private static Reader text(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        boolean packed = file.getFileName().toString().endsWith(".gz");
        return new InputStreamReader(packed ? new GZIPInputStream(bytes, 1 << 16) : bytes, StandardCharsets.UTF_8);
    }

    /** The next entry by time; null after the last one. */
    @Nullable
    LogLine next() throws IOException {
        while (!ended && window.size() < WINDOW) {
            readOne();
        }
        Entry first = window.poll();
        return first == null ? null : first.line();
    }

    private void readOne() throws IOException {
        String line = bounded();
        if (line == null) {
            ended = true;
            finish();
            return;
        }
        lines++;
        LogLine entry = line.isBlank() ? null : parse(line);
        if (entry != null) {
            finish();
            open = entry;
            more = new ArrayList<>(entry.more());
        } else if (open != null) {
            if (more.size() < MOST_MORE && !line.isBlank()) {
                more.add(line);
            }
        } else if (!line.isBlank()) {
            unread++;
        }
    }

    private @Nullable LogLine parse(String line) {
        int start = line.charAt(0) == '\uFEFF' ? 1 : 0;
        String text = line.substring(start);
        return text.startsWith("{")
                ? json.read(text).orElse(null)
                : plain.read(text).orElse(null);
    }

    private void finish() {
        if (open != null) {
            LogLine done = new LogLine(
                    open.at(),
                    open.component(),
                    open.level(),
                    cut(open.message()),
                    open.traceId(),
                    open.took(),
                    more.stream().limit(MOST_MORE).map(LogFile::cut).toList());
            window.add(new Entry(done, number++));
            open = null;
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_KEPT ? text : text.substring(0, LONGEST_KEPT) + "…";
    }

    /** One line, of which no more is kept than may be long. */
    private @Nullable String bounded() throws IOException {
        StringBuilder line = new StringBuilder(256);
        int sign = sign();
        if (sign < 0) {
            return null;
        }
        for (; sign >= 0 && sign != '\n'; sign = sign()) {
            if (line.length() < LONGEST) {
                line.append((char) sign);
            }
        }
        int end = line.length();
        if (end > 0 && line.charAt(end - 1) == '\r') {
            line.setLength(end - 1);
        }
        return line.toString();
    }

    /** The next character; -1 at the end. */
    private int sign() throws IOException {
        if (at == filled) {
            filled = Math.max(0, reader.read(buffer));
            at = 0;
        }
        return filled == 0 ? -1 : buffer[at++];
    }

    /** How many lines were read so far. */
    long lines() {
        return lines;
    }

    /** Lines without a time that belong to no entry. */
    long unread() {
        return unread;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
