package dev.mehari.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {
    private static final String GOOD = "correct-horse-battery";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void inAFolderThatIsNotThereYet() {
        file = folder.resolve("data/api-key");
    }

    @Test
    void firstStart_makesAKeyThatLaterStartsUse() throws IOException {
        ApiKeys first = ApiKeys.load(List.of(), file, Clock.systemUTC());
        ApiKeys second = ApiKeys.load(List.of(), file, Clock.systemUTC());

        String key = Files.readString(file).trim();
        assertThat(key).startsWith("mhr_").hasSizeGreaterThan(30);
        assertThat(first.nameOf("Bearer " + key)).isEqualTo("default");
        assertThat(second.nameOf("bearer " + key)).isEqualTo("default");
    }

    @Test
    void keyFile_isItsOwnersAlone() throws IOException {
        Assumptions.assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        ApiKeys.load(List.of(), file, Clock.systemUTC());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void configuredKeys_takeThePlaceOfTheFile() {
        ApiKeys keys = ApiKeys.load(List.of("bot:" + GOOD, "another-good-key-0"), file, Clock.systemUTC());

        assertThat(keys.nameOf("Bearer " + GOOD)).isEqualTo("bot");
        assertThat(keys.nameOf("Bearer another-good-key-0")).isEqualTo("key-2");
        assertThat(file).doesNotExist();
    }

    @Test
    void anythingElse_isNobody() {
        ApiKeys keys = ApiKeys.load(List.of("bot:" + GOOD), file, Clock.systemUTC());

        assertThat(keys.nameOf(null)).isNull();
        assertThat(keys.nameOf("")).isNull();
        assertThat(keys.nameOf("Bearer ")).isNull();
        assertThat(keys.nameOf("Bearer bot:" + GOOD)).isNull();
        assertThat(keys.nameOf("Bearer " + GOOD + "x")).isNull();
        assertThat(keys.nameOf("Basic " + GOOD)).isNull();
        assertThat(keys.nameOf(GOOD)).isNull();
    }

    @Test
    void weakOrMissingKeys_areRefusedWithWhatToDo() throws IOException {
        assertThatThrownBy(() -> ApiKeys.load(List.of("bot:short"), file, Clock.systemUTC()))
                .hasMessageContaining("16 characters")
                .hasMessageContaining("bot")
                .hasMessageNotContaining("short");
        Files.createDirectories(file.getParent());
        Files.writeString(file, " \n");
        assertThatThrownBy(() -> ApiKeys.load(List.of(), file, Clock.systemUTC()))
                .hasMessageContaining("Delete it");
    }
}
