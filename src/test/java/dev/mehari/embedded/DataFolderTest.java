package dev.mehari.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path parent;

    @Test
    void folder_isHeldByOne_untilItIsLetGo() {
        Path folder = parent.resolve("data");
        DataFolder held = DataFolder.open(folder);
        assertThatThrownBy(() -> DataFolder.open(folder))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("process " + ProcessHandle.current().pid());
        held.close();
        DataFolder.open(folder).close();
    }

    @Test
    void folder_throughALink_isTheSameFolder() throws IOException {
        Path link = Files.createSymbolicLink(parent.resolve("link"), Files.createDirectory(parent.resolve("data")));
        try (DataFolder held = DataFolder.open(parent.resolve("data"))) {
            assertThatThrownBy(() -> DataFolder.open(link)).isInstanceOf(StartRefused.class);
            assertThat(held.path()).isEqualTo(link.toRealPath());
        }
    }

    @Test
    void folder_thatCannotBe_isRefusedWithItsReason() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));
        assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("MEHARI_DATA_DIR");
    }

    @Test
    void node_keepsItsName() throws IOException {
        Node first = Node.of(parent);
        assertThat(first.id()).matches("[0-9a-f]{8}");
        assertThat(Node.of(parent)).isEqualTo(first);

        Files.writeString(parent.resolve("node-id"), "two words\n");
        assertThatThrownBy(() -> Node.of(parent))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("delete it");
    }
}
