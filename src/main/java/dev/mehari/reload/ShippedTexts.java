package dev.mehari.reload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The operators' files as they travel in the jar. The build has read, checked and run them. */
public final class ShippedTexts {

    private ShippedTexts() {}

    /** Whether a file, {@code config/types.yaml}, has to the letter the text that was shipped at its place. */
    public static boolean contain(String path, String text) {
        try (InputStream shipped = ShippedTexts.class.getResourceAsStream("/shipped/" + path)) {
            return shipped != null && new String(shipped.readAllBytes(), StandardCharsets.UTF_8).equals(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
