package dev.mehari.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.File;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file for every two minutes, kept for ten: what one looks at while something goes wrong. Logback's own policies know
 * no such step. Files are named after the minute (UTC) they begin with.
 */
public final class ShortFiles extends FileAppender<ILoggingEvent> {
    private static final long STEP_MILLIS = 2 * 60_000;
    private static final long KEPT_MILLIS = 10 * 60_000;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern OURS = Pattern.compile("mehari-\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d\\.jsonl");

    private final Clock clock;
    private @Nullable File folder;
    private long ends = Long.MIN_VALUE;

    public ShortFiles() {
        this(Clock.systemUTC());
    }

    ShortFiles(Clock clock) {
        this.clock = clock;
    }

    /** Where the files are made. */
    public void setFolder(String path) {
        folder = new File(path);
    }

    @Override
    public void start() {
        if (folder == null) {
            addError("'folder' is needed.");
            return;
        }
        long begins = step(clock.millis());
        ends = begins + STEP_MILLIS;
        deleteOlder(folder, begins);
        setFile(new File(folder, name(begins)).getPath());
        super.start();
    }

    @Override
    protected void subAppend(ILoggingEvent event) {
        if (event.getTimeStamp() >= ends) {
            turn(event.getTimeStamp());
        }
        super.subAppend(event);
    }

    private void turn(long now) {
        streamWriteLock.lock();
        try {
            if (now >= ends && folder != null) {
                long begins = step(now);
                ends = begins + STEP_MILLIS;
                deleteOlder(folder, begins);
                closeOutputStream();
                openFile(new File(folder, name(begins)).getPath());
            }
        } catch (IOException e) {
            addError("The next log file cannot be opened in " + folder, e);
        } finally {
            streamWriteLock.unlock();
        }
    }

    private static long step(long now) {
        return now - Math.floorMod(now, STEP_MILLIS);
    }

    private static String name(long begins) {
        return "mehari-" + MINUTE.format(Instant.ofEpochMilli(begins)) + ".jsonl";
    }

    private void deleteOlder(File place, long begins) {
        String oldest = name(begins - KEPT_MILLIS);
        File[] old = place.listFiles((in, name) -> OURS.matcher(name).matches() && name.compareTo(oldest) < 0);
        for (File file : old == null ? new File[0] : old) {
            if (!file.delete()) {
                addWarn(file + " cannot be deleted.");
            }
        }
    }
}
