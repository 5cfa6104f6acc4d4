package dev.mehari;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the gateway. The compiler lists its components (Spring's indexer, see the POM); the package that libraries look through
 * for classes of theirs is one that is not there, as they would look at each of the jar's 44 000 entries.
 */
@SpringBootApplication(proxyBeanMethods = false)
@AutoConfigurationPackage(basePackages = "dev.mehari.nothing")
public class Mehari {
    public static void main(String[] arguments) {
        StartClasses classes = StartClasses.begin(System.getenv());
        StartCode.compileQuickly();
        try {
            say(ShippedFiles.of(System.getenv()).writeMissing());
        } catch (UncheckedIOException unwritable) {
            System.err.println(unwritable.getMessage());
            System.exit(1);
        }
        SpringApplication application = new SpringApplication(Mehari.class);
        application.setDefaultProperties(locations(System.getenv()));
        application.addListeners(classes, new PreparedBeans());
        application.run(arguments);
    }

    /** A configuration folder elsewhere is read after, and so goes before, the one of the working folder. */
    static Map<String, Object> locations(Map<String, String> environment) {
        String folder = environment.get("MEHARI_CONFIG_DIR");
        return folder == null
                ? Map.of()
                : Map.of(
                        "spring.config.additional-location",
                        "file:" + Path.of(folder).toAbsolutePath() + "/");
    }

    private static void say(List<Path> written) {
        if (!written.isEmpty()) {
            System.out.println("Wrote the shipped files to "
                    + written.stream().map(Path::toString).collect(Collectors.joining(" and "))
                    + ": edit them while Mehari runs.");
        }
    }
}
