package dev.mehari.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the key: {@code MEHARI_API_KEY}, else the file that the gateway's first start wrote. */
final class ApiKey {
    private ApiKey() {}

    static @Nullable String of(Surroundings around) {
        String given = around.variable("MEHARI_API_KEY", "");
        if (!given.isEmpty()) {
            return given;
        }
        String data = around.variable("MEHARI_DATA_DIR", "data");
        for (Path base : List.of(around.folder(), around.home())) {
            Path file = base.resolve(data).resolve("api-key");
            if (Files.isRegularFile(file)) {
                return read(file);
            }
        }
        return null;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw Failure.refused(file + " cannot be read: ask its owner, or set MEHARI_API_KEY.");
        }
    }
}
