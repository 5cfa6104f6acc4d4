package dev.mehari.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    /** Or a start after an update would take the tables of before for the newest. */
    @Test
    void newestTables_areThoseOfTheLastFile() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .map(name -> name.substring(1, name.indexOf("__")))
                            .max(Comparator.comparing(Integer::valueOf)))
                    .contains(Database.NEWEST_TABLES);
        }
    }
}
