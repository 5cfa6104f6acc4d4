package dev.mehari.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The texts that were last in use, on disk, so that a restart beside a broken file starts with the good one. Readable by
 * the gateway's user alone: channels may hold addresses with tokens.
 */
final class LastGood {

    private final Path folder;

    LastGood(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    Map<String, String> read(Predicate<String> wanted) {
        Map<String, String> texts = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return texts;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (wanted.test(path) && !path.endsWith(".new")) {
                    texts.put(path, Files.readString(file));
                }
            }
            return texts;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Makes the stored texts of one kind equal to these. */
    void keep(Map<String, String> texts, Predicate<String> kind) {
        Map<String, String> stored = read(kind);
        try {
            for (Map.Entry<String, String> file : texts.entrySet()) {
                if (!file.getValue().equals(stored.get(file.getKey()))) {
                    write(folder.resolve(file.getKey()), file.getValue());
                }
            }
            for (String path : stored.keySet()) {
                if (!texts.containsKey(path)) {
                    Files.deleteIfExists(folder.resolve(path));
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Beside its place first, then one rename: a crash leaves the old text or the new one. */
    private void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        restrict(folder, "rwx------");
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        restrict(fresh, "rw-------");
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    private UncheckedIOException unusable(IOException e) {
        return new UncheckedIOException(
                "The last good files in " + folder + " cannot be read or written: give the gateway's user that folder.",
                e);
    }
}
