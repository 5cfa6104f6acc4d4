package dev.mehari.reload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which texts have passed Camel's schema, kept over restarts by their digests: to read and compile the schema takes longer than
 * all else that a start does with a route file. Another version of Camel or of the gateway begins anew. Thread-safe.
 */
final class PassedRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(PassedRoutes.class);

    /** The oldest are forgotten, and would be checked again. */
    private static final int MOST = 200;

    private final Path file;
    private final String version;
    private @Nullable List<String> digests;

    /** @param version of all that decides what passes */
    PassedRoutes(Path file, String version) {
        this.file = file;
        this.version = version;
    }

    synchronized boolean contain(RouteFile route) {
        return digests().contains(digest(route));
    }

    synchronized void add(RouteFile route) {
        List<String> all = digests();
        all.add(digest(route));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, all.subList(Math.max(0, all.size() - MOST), all.size()));
        } catch (IOException e) {
            LOG.debug("{} is not written: the next start checks the route files again", file, e);
        }
    }

    private List<String> digests() {
        List<String> known = digests;
        if (known == null) {
            known = new ArrayList<>(read());
            digests = known;
        }
        return known;
    }

    private List<String> read() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            LOG.debug("{} is not read: the route files are checked again", file, e);
            return List.of();
        }
    }

    private String digest(RouteFile route) {
        try {
            byte[] bytes = (version + "\n" + route.text()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
