package dev.mehari.content;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rendered content of a notification, the same for every provider. All strings are plain text: a provider escapes
 * them for its own markup and cuts them to its own limits. Immutable.
 *
 * @param color RGB, 0 to 0xFFFFFF
 * @param link opened by a click on the title
 * @param image an http(s) address, or {@code attachment://NAME} of one of the notification's attachments
 */
public record Card(
        @Nullable String title,
        @Nullable String text,
        @Nullable Integer color,
        List<Field> fields,
        @Nullable String link,
        @Nullable String image,
        @Nullable String footer,
        @Nullable Instant timestamp) {

    /** A name with its value; inline ones may stand side by side. */
    public record Field(String name, String value, boolean inline) {}
}
