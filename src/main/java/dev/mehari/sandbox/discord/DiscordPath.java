package dev.mehari.sandbox.discord;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /api[/vN]/webhooks/ID/TOKEN[/messages/MESSAGE]}; without a version Discord takes it for its old version 6. */
record DiscordPath(
        int version, String webhook, String token, @Nullable String message) {
    private static final Pattern FORM =
            Pattern.compile("/api(?:/v(\\d{1,2}))?/webhooks/(\\d{1,20})/([A-Za-z0-9_-]+)(?:/messages/(\\d{1,20}))?/?");

    static Optional<DiscordPath> parse(String path) {
        Matcher found = FORM.matcher(path);
        if (!found.matches()) {
            return Optional.empty();
        }
        int version = found.group(1) == null ? 6 : Integer.parseInt(found.group(1));
        boolean known = version >= 6 && version <= 10;
        return known
                ? Optional.of(new DiscordPath(version, found.group(2), found.group(3), found.group(4)))
                : Optional.empty();
    }

    /** Up to version 7 times are milliseconds and form errors flat. */
    boolean old() {
        return version < 8;
    }

    /** What shares one rate limit at one webhook. */
    String bucket(String method) {
        return method + (message == null ? " webhook" : " message");
    }
}
