package dev.mehari.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that an imitated provider took. Immutable.
 *
 * @param embeds Discord's embeds, Slack's blocks, or an empty array; as they were sent
 * @param extra what else the page needs to show it as the provider would ({@code avatarUrl}, {@code parseMode}, {@code title})
 */
public record InboxMessage(
        String id,
        String channel,
        String provider,
        Instant at,
        @Nullable String username,
        @Nullable String content,
        JsonNode embeds,
        List<File> files,
        Map<String, String> extra,
        Raw request) {

    /** An uploaded file. */
    public record File(String name, String contentType, byte[] bytes) {}

    /** The request as it came, the body cut at 64 KiB; {@code size} is its whole length in bytes. */
    public record Raw(String method, String path, Map<String, String> headers, String body, int size) {
        private static final int SHOWN = 64 * 1024;

        public static Raw of(Request request) {
            int length = Math.min(request.body().length, SHOWN);
            String text = new String(request.body(), 0, length, StandardCharsets.UTF_8);
            return new Raw(request.method(), request.path(), request.headers(), text, request.body().length);
        }
    }

    public InboxMessage edited(@Nullable String otherContent, JsonNode otherEmbeds) {
        return new InboxMessage(id, channel, provider, at, username, otherContent, otherEmbeds, files, extra, request);
    }

    /** About how many bytes of memory it holds. */
    long weight() {
        long files = this.files.stream().mapToLong(file -> file.bytes().length).sum();
        return 1000 + 4L * request.body().length() + files;
    }
}
