package dev.mehari.sandbox.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.sandbox.InboxMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A message as the page and the API show it: tokens and keys that came with the request are masked. */
record MessageView(
        String id,
        String channel,
        String provider,
        Instant at,
        @Nullable String username,
        @Nullable String content,
        JsonNode embeds,
        List<FileView> files,
        Map<String, String> extra,
        RequestView request) {
    private static final Set<String> SECRET =
            Set.of("authorization", "proxy-authorization", "cookie", "x-api-key", "x-webhook-token");

    record FileView(String name, String contentType, int size, String url) {}

    record RequestView(String method, String path, Map<String, String> headers, String body, int size) {}

    static MessageView of(InboxMessage message) {
        var raw = message.request();
        Map<String, String> headers = new TreeMap<>(raw.headers());
        headers.replaceAll((name, value) -> SECRET.contains(name) ? "***" : value);
        return new MessageView(
                message.id(),
                message.channel(),
                message.provider(),
                message.at(),
                message.username(),
                message.content(),
                message.embeds(),
                files(message),
                message.extra(),
                new RequestView(raw.method(), masked(raw.path()), headers, raw.body(), raw.size()));
    }

    private static List<FileView> files(InboxMessage message) {
        List<FileView> views = new ArrayList<>();
        for (InboxMessage.File file : message.files()) {
            String url = "/sandbox/api/messages/" + message.id() + "/files/" + views.size();
            views.add(new FileView(file.name(), file.contentType(), file.bytes().length, url));
        }
        return views;
    }

    private static String masked(String path) {
        return path.replaceAll("(/webhooks/\\d+/)[^/]+", "$1***")
                .replaceAll("(/bot\\d+:)[^/]+", "$1***")
                .replaceAll("(/services/[^/]+/[^/]+/)[^/]+", "$1***");
    }
}
