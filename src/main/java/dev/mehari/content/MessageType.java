package dev.mehari.content;

import dev.mehari.notification.Notification;
import dev.mehari.notification.Priority;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code config/types.yaml}. Immutable.
 *
 * @param template name of its file in {@code config/templates/}, without {@code .yaml}; the file may be missing
 * @param color for cards whose template names none, RGB
 * @param priority for notifications whose producer names none
 * @param sample what a notification of this type looks like
 */
public record MessageType(
        String name,
        String template,
        @Nullable Integer color,
        Priority priority,
        @Nullable String description,
        @Nullable Sample sample) {

    /** The content of an example; {@code data} may hold null values and must not be changed. */
    public record Sample(
            @Nullable String title,
            @Nullable String text,
            Map<String, Object> data,
            @Nullable String recipient) {}

    /** The sample as a notification of this type, to show its card or to send as a test; null without a sample. */
    public @Nullable Notification example(String id, Instant createdAt) {
        return sample == null
                ? null
                : new Notification(
                        id,
                        name,
                        sample.title(),
                        sample.text(),
                        sample.data(),
                        priority,
                        sample.recipient(),
                        "sample",
                        id,
                        null,
                        createdAt,
                        null,
                        List.of());
    }
}
