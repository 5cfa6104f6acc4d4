package dev.mehari.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StillnessTest {
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_700_000_000_123L);

    @TempDir
    private Path folder;

    private Path file;
    private final Stillness stillness = new Stillness();

    @BeforeEach
    void remember() throws IOException {
        file = Files.writeString(folder.resolve("routing.yaml"), "text");
        Files.setLastModifiedTime(file, LONG_AGO);
        Files.setLastModifiedTime(folder, LONG_AGO);
        stillness.addFolder(folder, LONG_AGO.toMillis());
        stillness.addFile(file, LONG_AGO.toMillis(), 4);
    }

    @Test
    void nothing_holds() {
        assertThat(stillness.holds()).isTrue();
    }

    @Test
    void newTime_isAnEdit() throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(LONG_AGO.toMillis() + 1));
        assertThat(stillness.holds()).isFalse();
    }

    @Test
    void newSizeWithTheTimeOfBefore_isAnEdit() throws IOException {
        Files.writeString(file, "texts");
        Files.setLastModifiedTime(file, LONG_AGO);
        assertThat(stillness.holds()).isFalse();
    }

    @Test
    void newName_isAnEdit() throws IOException {
        Files.writeString(folder.resolve("new.yaml"), "text");
        assertThat(stillness.holds()).isFalse();
    }

    @Test
    void whatIsGone_isAnEdit() throws IOException {
        Files.delete(file);
        Files.setLastModifiedTime(folder, LONG_AGO);
        assertThat(stillness.holds()).isFalse();
    }

    @Test
    void doubt_neverHolds() {
        stillness.doubt();
        assertThat(stillness.holds()).isFalse();
    }
}
