package dev.mehari.reload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The route files that travel in the jar. The build has held them against Camel's schema, which is big and slow to read, and
 * has run them: a start that finds them unchanged does without the schema, and without a trial where no setting can spoil it.
 */
final class ShippedRoutes {

    private ShippedRoutes() {}

    /** Whether the file has, to the letter, the text that was shipped at its place. */
    static boolean contain(RouteFile file) {
        try (InputStream shipped = ShippedRoutes.class.getResourceAsStream("/shipped/" + file.path())) {
            return shipped != null && new String(shipped.readAllBytes(), StandardCharsets.UTF_8).equals(file.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether such a file is the same whatever the operator has set. */
    static boolean askNoSetting(RouteFile shipped) {
        return !shipped.text().contains("{{mehari.");
    }
}
