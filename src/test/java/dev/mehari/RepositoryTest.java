package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What no file of the repository may hold. */
class RepositoryTest {
    private static final Set<String> NOT_OURS =
            Set.of(".git", ".idea", ".vscode", ".settings", "target", "data", "logs", ".env");

    /** Hosts of package registries: where packages come from is a setting of the machine that builds. */
    private static final Pattern REGISTRY = Pattern.compile(
            "\\b(repo\\d?|central|oss|registry)\\.(maven|sonatype|npmjs|yarnpkg)\\b|\\bfiles\\.pythonhosted\\b");

    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b|@Dis" + "abled\\b");

    @Test
    void noFile_namesARegistry() throws IOException {
        assertThat(filesHolding(REGISTRY)).isEmpty();
    }

    @Test
    void noFile_isLeftUnfinished() throws IOException {
        assertThat(filesHolding(UNFINISHED)).isEmpty();
    }

    private static List<Path> filesHolding(Pattern pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(Path.of("."), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!NOT_OURS.contains(file.getFileName().toString())
                        && pattern.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                                .find()) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
