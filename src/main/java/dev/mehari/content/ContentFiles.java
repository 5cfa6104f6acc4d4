package dev.mehari.content;

import dev.mehari.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** The texts of {@code types.yaml} and {@code templates/}, and what they make together. */
public final class ContentFiles {

    private static final String TYPES = "types.yaml";

    private ContentFiles() {}

    /** Whether a change of this file is a change of the content: {@code …/types.yaml}, {@code …/templates/**.yaml}. */
    public static boolean concerns(Path file) {
        return isTypes(file) || TemplateName.of(file).isPresent();
    }

    /**
     * Loads texts by path; those that do not {@linkplain #concerns concern} the content are passed over. Problems carry
     * the path as given.
     *
     * @throws ProblemException with every mistake in all files, when there is one
     */
    public static Content load(Map<Path, String> files) {
        return load(files, (file, text) -> false);
    }

    /** The same, where some files, by path and text, have been checked before and are not compiled before they are used. */
    static Content load(Map<Path, String> files, BiPredicate<String, String> proven) {
        ContentReader reader = new ContentReader(proven);
        new TreeMap<>(files).forEach((file, text) -> {
            if (isTypes(file)) {
                reader.types(name(file), text);
            } else {
                TemplateName.of(file).ifPresent(template -> reader.template(template, name(file), text));
            }
        });
        return reader.content();
    }

    /**
     * Reads the files below a configuration folder that concern the content, under {@code FOLDER/types.yaml} and so on.
     *
     * @throws UncheckedIOException when the folder or a file cannot be read
     */
    public static Map<Path, String> read(Path folder) {
        Path base = folder.toAbsolutePath().normalize();
        Path root = base.getParent() == null ? base : base.getParent();
        Map<Path, String> texts = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(base, 3)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                Path known = root.relativize(file);
                if (concerns(known)) {
                    texts.put(known, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                }
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isTypes(Path file) {
        return file.endsWith(TYPES) && TemplateName.of(file).isEmpty();
    }

    private static String name(Path file) {
        return file.toString().replace('\\', '/');
    }
}
