package dev.mehari.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;

/** A secret that the first start makes and later starts read back; only its owner may read the file, where files have owners. */
final class SecretFile {
    private SecretFile() {}

    /**
     * The secret in the file; a new one of 192 random bits behind {@code prefix} when there is no file yet.
     *
     * @throws IllegalStateException when the file is there but empty
     * @throws UncheckedIOException when it can be neither read nor written
     */
    static Secret readOrMake(Path file, String prefix) {
        try {
            if (!Files.exists(file)) {
                make(file, prefix);
            }
            Secret secret = Secret.of(Files.readString(file));
            if (secret.isEmpty()) {
                throw new IllegalStateException(file + " is empty. Delete it, and the next start makes a new one.");
            }
            return secret;
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read or write " + file + ". Check who owns the folder.", failure);
        }
    }

    private static void make(Path file, String prefix) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
        Files.createDirectories(folder);
        try {
            Files.createFile(file, onlyOwner(folder));
        } catch (FileAlreadyExistsException other) {
            return; // another process made it between the look and the leap: its secret counts
        }
        byte[] line = (prefix + random() + "\n").getBytes(StandardCharsets.UTF_8);
        Files.write(file, line, StandardOpenOption.WRITE);
    }

    private static FileAttribute<?>[] onlyOwner(Path folder) throws IOException {
        boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** 192 random bits in 32 characters. */
    static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
