package dev.mehari.cli.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The log files of a component's folder. */
final class LogSources {
    private static final Pattern LOG = Pattern.compile(
            "[^.].*(\\.(log|jsonl|ndjson|json|txt|out|err)|\\.log[._-].*)(\\.\\d+)?(\\.gz)?", Pattern.CASE_INSENSITIVE);
    private static final int DEEPEST = 2;

    private LogSources() {}

    /** The files, the newest first; empty for a folder that is not there. A path to one file is that file. */
    static List<Path> files(Path folder) {
        if (Files.isRegularFile(folder)) {
            return List.of(folder);
        }
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(folder, DEEPEST)) {
            return tree.filter(file -> Files.isRegularFile(file)
                            && LOG.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(LogSources::modified)
                            .thenComparing(Path::toString)
                            .reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }
}
