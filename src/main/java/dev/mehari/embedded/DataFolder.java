package dev.mehari.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder of everything made at run time, held by at most one gateway at a time through a lock on its file
 * {@code lock}. The lock ends with {@link #close()} or with the process, however it dies.
 */
final class DataFolder implements AutoCloseable {
    /** Closing a second channel on the lock file would drop this process's own lock (POSIX), so none is opened. */
    private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes the folder where it is missing and takes its lock; refused when another gateway holds it. */
    static DataFolder open(Path folder) {
        try {
            Path real = makePrivate(folder).toRealPath();
            if (!HELD_BY_THIS_PROCESS.add(real)) {
                throw taken(real, Long.toString(ProcessHandle.current().pid()));
            }
            return new DataFolder(real, lock(real));
        } catch (IOException e) {
            throw new StartRefused(
                    "the data folder %s cannot be used (%s); make it writable, or name another one with MEHARI_DATA_DIR"
                            .formatted(folder.toAbsolutePath(), e),
                    e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        boolean held = false;
        @Nullable FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    folder.resolve("lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            held = channel.tryLock() != null;
            if (!held) {
                throw taken(folder, pidIn(channel));
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
            return channel;
        } finally {
            if (!held) {
                HELD_BY_THIS_PROCESS.remove(folder);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    private static String pidIn(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        String pid = StandardCharsets.UTF_8.decode(bytes.flip()).toString().trim();
        return pid.isEmpty() ? "unknown" : pid;
    }

    private static StartRefused taken(Path folder, String pid) {
        return new StartRefused(
                "another Mehari (process %s) already works in the data folder %s; stop it, or give this one "
                                .formatted(pid, folder)
                        + "a folder of its own with MEHARI_DATA_DIR");
    }

    /** Makes the folder, readable by its owner only, unless it is there already. */
    static Path makePrivate(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        return Files.createDirectories(folder, ownerOnly);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD_BY_THIS_PROCESS.remove(path);
        }
    }
}
