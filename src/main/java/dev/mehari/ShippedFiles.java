package dev.mehari;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.FileSystemUtils;

/**
 * The operators' files that travel in the jar. A folder that is missing is written whole; one that exists is left as it
 * is, so that what an operator deleted stays deleted. Runs before Spring reads its configuration.
 */
final class ShippedFiles {
    private final SortedMap<String, Path> folders;

    private ShippedFiles(Path routes, Path config) {
        folders = new TreeMap<>(Map.of("routes", routes, "config", config));
    }

    /** The folders of this process: {@code MEHARI_ROUTES_DIR} and {@code MEHARI_CONFIG_DIR}, else in the working folder. */
    static ShippedFiles of(Map<String, String> environment) {
        return new ShippedFiles(
                Path.of(environment.getOrDefault("MEHARI_ROUTES_DIR", "routes")),
                Path.of(environment.getOrDefault("MEHARI_CONFIG_DIR", "config")));
    }

    static ShippedFiles in(Path home) {
        return new ShippedFiles(home.resolve("routes"), home.resolve("config"));
    }

    /**
     * Writes the folders that are missing and says which those were, in the order of their names.
     *
     * @throws UncheckedIOException with a sentence that names the folder and the variable to set
     */
    List<Path> writeMissing() {
        List<Path> written = new ArrayList<>();
        folders.forEach((name, place) -> {
            Path folder = place.toAbsolutePath().normalize();
            if (!Files.exists(folder)) {
                writeWhole(name, folder);
                written.add(folder);
            }
        });
        return written;
    }

    private static void writeWhole(String name, Path folder) {
        try {
            write(name, folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The shipped " + name + " cannot be written to " + folder
                            + ": start Mehari in a folder it may write to, or name one in MEHARI_"
                            + name.toUpperCase(Locale.ROOT) + "_DIR.",
                    failure);
        }
    }

    /** Beside its place first, then one rename: a start that was cut short leaves no half of a folder behind. */
    private static void write(String name, Path folder) throws IOException {
        Path parent = folder.getParent();
        Files.createDirectories(parent);
        Path making = Files.createTempDirectory(parent, "." + folder.getFileName());
        try {
            Path whole = Files.createDirectory(making.resolve(folder.getFileName()));
            copyShipped(name, whole);
            Files.move(whole, folder);
        } finally {
            FileSystemUtils.deleteRecursively(making);
        }
    }

    private static void copyShipped(String name, Path target) throws IOException {
        String root = "shipped/" + name + "/";
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:" + root + "**")) {
            String address = URLDecoder.decode(file.getURL().getPath().replace("+", "%2B"), StandardCharsets.UTF_8);
            String relative = address.substring(address.lastIndexOf(root) + root.length());
            if (relative.isEmpty() || relative.endsWith("/") || !file.isReadable()) {
                continue;
            }
            Path copy = target.resolve(relative);
            Files.createDirectories(copy.getParent());
            try (InputStream content = file.getInputStream()) {
                Files.copy(content, copy);
            }
        }
    }
}
