package dev.mehari;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedFilesTest {
    @TempDir
    Path home;

    @Test
    void emptyFolder_getsEveryFileOfTheRepository() throws IOException {
        assertThat(ShippedFiles.in(home).writeMissing())
                .containsExactly(home.resolve("config"), home.resolve("routes"));

        assertThat(filesUnder(home.resolve("config"))).isEqualTo(filesUnder(Path.of("config")));
        assertThat(home.resolve("config/application.yaml")).hasSameTextualContentAs(Path.of("config/application.yaml"));
        assertThat(home).isDirectoryNotContaining("glob:.*");
    }

    @Test
    void existingFolder_isLeftAlone() throws IOException {
        Files.createDirectory(home.resolve("config"));

        assertThat(ShippedFiles.in(home).writeMissing()).containsExactly(home.resolve("routes"));
        assertThat(home.resolve("config")).isEmptyDirectory();
        assertThat(ShippedFiles.in(home).writeMissing()).isEmpty();
    }

    @Test
    void foldersNamedByTheEnvironment_areMadeWithTheirParents() {
        Path config = home.resolve("etc/mehari config");
        Path routes = home.resolve("var/routes");

        ShippedFiles.of(Map.of("MEHARI_CONFIG_DIR", config.toString(), "MEHARI_ROUTES_DIR", routes.toString()))
                .writeMissing();

        assertThat(config.resolve("application.yaml")).isRegularFile();
        assertThat(routes).isDirectory();
    }

    @Test
    void filesInAJar_areWrittenWithTheirFolders() throws IOException {
        Path jar = home.resolve("shipped/routes/a b+c.jar");
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : new String[] {"shipped/", "shipped/routes/", "shipped/routes/sources/"}) {
                out.putNextEntry(new ZipEntry(name));
            }
            out.putNextEntry(new ZipEntry("shipped/routes/sources/from-a-jar.yaml"));
            out.write("- route: {}".getBytes(UTF_8));
        }

        inContext(jar.toUri().toURL(), () -> ShippedFiles.in(home).writeMissing());

        assertThat(home.resolve("routes/sources/from-a-jar.yaml")).hasContent("- route: {}");
    }

    @Test
    void unwritableFolder_isSaidInASentence() throws IOException {
        Path file = Files.createFile(home.resolve("a-file"));

        assertThatThrownBy(() -> ShippedFiles.in(file).writeMissing())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot be written to " + file.resolve("config"))
                .hasMessageContaining("MEHARI_CONFIG_DIR");
    }

    private static void inContext(URL jar, Runnable action) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar}, before)) {
            thread.setContextClassLoader(loader);
            action.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Set<String> filesUnder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .collect(Collectors.toSet());
        }
    }
}
