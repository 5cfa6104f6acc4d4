package dev.mehari.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs: the archive inside the jar that suits this machine, unpacked into a folder. */
final class PostgresBinary {
    /** Says what to do in every sentence about a PostgreSQL that cannot run here. */
    static final String INSTEAD = "set DATABASE_URL to a PostgreSQL, or mehari.history.enabled to false";

    private static final Set<PosixFilePermission> RUN_BY_OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /** The archive for macOS holds both processors' code. */
    private static final Map<String, String> IN_THE_JAR = Map.of(
            "linux-amd64", "postgres-linux-x86_64.txz",
            "linux-arm64", "postgres-linux-arm_64.txz",
            "darwin-amd64", "postgres-darwin-arm_64.txz",
            "darwin-arm64", "postgres-darwin-arm_64.txz");

    private PostgresBinary() {}

    /** The folder above {@code bin}, unpacked unless it is there; several may unpack at once. */
    static Path unpackInto(Path folder) {
        String resource = resourceFor(System.getProperty("os.name"), System.getProperty("os.arch"));
        try {
            URL archive = archive(resource);
            // the size tells one version's archive from another's
            Path home = folder.resolve(
                    resource.replace(".txz", "-" + archive.openConnection().getContentLengthLong()));
            if (!Files.isDirectory(home)) {
                unpack(archive, Files.createTempDirectory(DataFolder.makePrivate(folder), "new"), home);
            }
            return home.toRealPath();
        } catch (IOException e) {
            throw new StartRefused(
                    "the embedded PostgreSQL cannot be unpacked into %s (%s); make room there, or %s"
                            .formatted(folder, e, INSTEAD),
                    e);
        }
    }

    static String resourceFor(String osName, String osArch) {
        @Nullable String resource = IN_THE_JAR.get(Machine.of(osName, osArch));
        if (resource == null) {
            throw new StartRefused(
                    "there is no embedded PostgreSQL for %s on %s; %s".formatted(osName, osArch, INSTEAD));
        }
        return resource;
    }

    private static URL archive(String resource) throws IOException {
        @Nullable URL archive = PostgresBinary.class.getResource("/" + resource);
        if (archive == null) {
            throw new IOException("the jar does not contain " + resource);
        }
        return archive;
    }

    private static void unpack(URL archive, Path draft, Path home) throws IOException {
        try (InputStream bytes = archive.openStream();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(bytes, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, draft);
            }
            Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            }
        } finally {
            FileSystemUtils.deleteRecursively(draft);
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path draft) throws IOException {
        Path path = draft.resolve(entry.getName()).normalize();
        if (!path.startsWith(draft) || entry.getName().endsWith(".a")) {
            return;
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            if ((entry.getMode() & 0100) != 0) {
                Files.setPosixFilePermissions(path, RUN_BY_OWNER);
            }
        }
    }
}
