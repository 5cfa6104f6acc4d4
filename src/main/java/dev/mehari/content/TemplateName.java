package dev.mehari.content;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a template file is called.
 *
 * @param provider the folder it lies in; null: for every provider
 * @param name the file's name without its ending
 */
record TemplateName(@Nullable String provider, String name) {

    /** Reads {@code …/templates/NAME.yaml} and {@code …/templates/PROVIDER/NAME.yaml}; empty for any other path. */
    static Optional<TemplateName> of(Path file) {
        int count = file.getNameCount();
        String last = file.getFileName().toString();
        if (!isYaml(file) || count < 2) {
            return Optional.empty();
        }
        String name = last.substring(0, last.lastIndexOf('.'));
        if (file.getName(count - 2).toString().equals("templates")) {
            return Optional.of(new TemplateName(null, name));
        }
        return count >= 3 && file.getName(count - 3).toString().equals("templates")
                ? Optional.of(new TemplateName(file.getName(count - 2).toString(), name))
                : Optional.empty();
    }

    /** Whether a file is one of ours: a YAML file that is neither hidden nor an editor's backup. */
    static boolean isYaml(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }
}
