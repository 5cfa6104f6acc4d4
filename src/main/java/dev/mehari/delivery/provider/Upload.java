package dev.mehari.delivery.provider;

import dev.mehari.notification.Attachment;
import dev.mehari.notification.Notification;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file to send along, under a name that is safe in a header and in {@code attachment://}.
 *
 * @param given the name the producer gave, by which its card refers to it
 */
record Upload(String given, String name, String contentType, byte[] content) {
    private static final int LONGEST_NAME = 100;

    /** The notification's files that have bytes, at most {@code most} and each at most {@code bytes} long. */
    static List<Upload> of(Notification notification, int most, long bytes) {
        List<Upload> uploads = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Attachment attachment : notification.attachments()) {
            byte[] content = attachment.content();
            if (content != null && content.length <= bytes && uploads.size() < most) {
                String name = name(attachment.name());
                uploads.add(new Upload(
                        attachment.name(),
                        taken.add(name) ? name : uploads.size() + "-" + name,
                        type(attachment.contentType()),
                        content));
            }
        }
        return uploads;
    }

    /** Whether the notification carries bytes at all. */
    static boolean any(Notification notification) {
        return notification.attachments().stream().anyMatch(attachment -> attachment.content() != null);
    }

    /** What a card's image means: a web address, {@code attachment://NAME} of an upload, or nothing. */
    static String image(@Nullable String image, Notification notification, List<Upload> uploads) {
        if (image == null || !image.startsWith("attachment://")) {
            return Optional.ofNullable(CardLines.web(image)).orElse("");
        }
        String wanted = image.substring("attachment://".length());
        return uploads.stream()
                .filter(upload -> upload.given().equals(wanted) && upload.image())
                .map(upload -> "attachment://" + upload.name())
                .findFirst()
                .or(() -> notification.attachments().stream()
                        .filter(attachment -> attachment.name().equals(wanted))
                        .flatMap(attachment -> Optional.ofNullable(CardLines.web(attachment.url())).stream())
                        .findFirst())
                .orElse("");
    }

    boolean carries(Attachment attachment) {
        return content == attachment.content();
    }

    boolean image() {
        return name.toLowerCase(Locale.ROOT).matches(".+\\.(png|jpe?g|gif|webp)");
    }

    private static String name(String given) {
        String safe = given.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+", "");
        return safe.isEmpty() ? "file" : safe.substring(Math.max(0, safe.length() - LONGEST_NAME));
    }

    private static String type(String given) {
        return given.matches("[\\w.+-]+/[\\w.+-]+") ? given : "application/octet-stream";
    }
}
