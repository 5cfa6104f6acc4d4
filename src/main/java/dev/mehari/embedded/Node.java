package dev.mehari.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * This gateway among several on one Redis: eight hexadecimal digits, made at the first start and kept in
 * {@code <data-dir>/node-id}, so that a restarted node knows which work in a lane was its own.
 */
public record Node(String id) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public Node {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a node id has 1 to 64 letters, digits, '-' or '_', not '" + id + "'");
        }
    }

    /** The node whose data lies in this folder; the caller holds the folder's lock. */
    static Node of(Path dataDir) {
        Path file = dataDir.resolve("node-id");
        try {
            return new Node(Files.exists(file) ? Files.readString(file).trim() : make(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new StartRefused(
                    "the file %s does not hold a node id (%s); delete it, and a new one is made"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private static String make(Path file) throws IOException {
        byte[] bytes = new byte[4];
        RandomGenerator.of("SecureRandom").nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        Path draft = Files.writeString(file.resolveSibling("node-id.new"), id + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return id;
    }
}
