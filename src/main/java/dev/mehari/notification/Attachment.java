package dev.mehari.notification;

import org.jspecify.annotations.Nullable;

/**
 * A file that goes with a notification: either {@code content} (at most a few hundred KiB, see {@code mehari.ingest})
 * or an http(s) {@code url} that the reader of the message opens himself.
 *
 * @param name file name shown to the reader, without folders
 * @param contentType media type, {@code image/png}
 */
public record Attachment(
        String name,
        String contentType,
        byte @Nullable [] content,
        @Nullable String url) {}
