package dev.mehari;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * The names of the classes that a start loads, in the order in which it comes to them. The first start of a jar writes them
 * down in the data folder; at those after it a second processor loads them while the main thread is still on its way there.
 * Nothing of theirs is run before its time. Without a list that fits, a start only takes longer (decision 0079).
 */
final class StartClasses implements ApplicationListener<ApplicationReadyEvent> {
    private static final String FILE = "start-classes";
    /** What unpacks the engines and makes the tables: a first start's work. */
    private static final List<String> FIRST_ONLY =
            List.of("org.flywaydb.", "org.apache.commons.compress.", "org.tukaani.");

    private final Path folder;
    private final String fits;
    private @Nullable Path log;

    /** @param fits the first line of a list for this jar on this Java */
    StartClasses(Path folder, String fits) {
        this.folder = folder;
        this.fits = fits;
    }

    /** Begins with the list of the data folder, if there is one; else with writing one down. */
    static StartClasses begin(Map<String, String> environment) {
        var classes = new StartClasses(Path.of(environment.getOrDefault("MEHARI_DATA_DIR", "data")), jar());
        if (!classes.fits.isEmpty() && !hasCache(environment)) {
            classes.loadOrWatch();
        }
        return classes;
    }

    private void loadOrWatch() {
        try {
            List<String> names = names();
            if (names.isEmpty()) {
                log = Files.createTempFile("mehari-classes", ".log");
                log.toFile().deleteOnExit(); // a start that fails keeps no list
                DiagnosticCommand.run("vmLog", "output=" + log, "what=class+load=info", "decorators=none");
            } else if (Runtime.getRuntime().availableProcessors() > 1) {
                Thread.ofPlatform().daemon().name(FILE).start(() -> load(names));
            }
        } catch (IOException | JMException | RuntimeException e) {
            say(e);
        }
    }

    /** The list that fits; empty where there is none. */
    List<String> names() throws IOException {
        Path list = folder.resolve(FILE);
        List<String> lines = Files.isReadable(list) ? Files.readAllLines(list) : List.of();
        return !lines.isEmpty() && lines.get(0).equals(fits) ? lines.subList(1, lines.size()) : List.of();
    }

    /** Loads those that are there, and runs nothing of them; returns how many. */
    static int load(List<String> names) {
        int loaded = 0;
        for (String name : names) {
            try {
                Class.forName(name, false, StartClasses.class.getClassLoader());
                loaded++;
            } catch (ClassNotFoundException | LinkageError notThisTime) {
                // Whoever needs it will see for himself.
            }
        }
        return loaded;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        Path written = log;
        if (written != null) {
            Thread.ofPlatform().daemon().name(FILE).start(() -> {
                try {
                    DiagnosticCommand.run("vmLog", "output=" + written, "what=all=off");
                    keep(Files.readAllLines(written));
                } catch (IOException | JMException | RuntimeException e) {
                    say(e);
                } finally {
                    delete(written);
                }
            });
        }
    }

    /** Makes the list of what the JVM logs under {@code class+load}: {@code NAME source: WHERE FROM}. */
    void keep(List<String> logged) throws IOException {
        if (Files.isDirectory(folder)) {
            List<String> lines = new ArrayList<>(List.of(fits));
            logged.stream()
                    .filter(StartClasses::isKept)
                    .forEach(line -> lines.add(line.substring(0, line.indexOf(' '))));
            Path fresh = Files.write(folder.resolve(FILE + ".new"), lines);
            Files.move(fresh, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What lies in a file, in the jar or in the JDK; not what the JVM has in its archive or was made at run time. */
    private static boolean isKept(String line) {
        return (line.contains(" source: jrt:/") || line.contains(" source: file:") || line.contains(" source: jar:"))
                && !line.substring(0, line.indexOf(' ')).matches(".*(/|\\$\\$|\\$Proxy).*")
                && FIRST_ONLY.stream().noneMatch(line::startsWith);
    }

    /** Empty unless the gateway runs from its jar. */
    private static String jar() {
        try {
            Path jar = Path.of(StartClasses.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.isRegularFile(jar)
                    ? Runtime.version() + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar)
                    : "";
        } catch (IOException | URISyntaxException | RuntimeException e) {
            return "";
        }
    }

    /** An AOT cache holds them all, loaded and linked. */
    private static boolean hasCache(Map<String, String> environment) {
        String[] arguments = ProcessHandle.current().info().arguments().orElseGet(() -> new String[0]);
        return Stream.concat(
                        Stream.of(arguments),
                        Stream.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS")
                                .map(name -> environment.getOrDefault(name, "")))
                .anyMatch(options -> options.contains("-XX:AOT"));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            say(e);
        }
    }

    private static void say(Exception e) {
        LoggerFactory.getLogger(StartClasses.class).debug("Classes are loaded when they are needed: {}", e.toString());
    }
}
