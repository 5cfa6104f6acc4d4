package dev.mehari.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mehari.history.Search;
import dev.mehari.history.Stories;
import dev.mehari.history.Story;
import dev.mehari.http.ApiException;
import dev.mehari.notification.NotificationIds;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Notifications of the past: searched, and one with all that happened to it. */
@RestController
@RequestMapping("/api/v1/notifications")
class NotificationsController {
    private static final int MOST = 500;

    private final Search search;
    private final Stories stories;
    private final ObjectMapper json;
    private final Clock clock;

    NotificationsController(Search search, Stories stories, ObjectMapper json, Clock clock) {
        this.search = search;
        this.stories = stories;
        this.json = json;
        this.clock = clock;
    }

    @GetMapping
    Search.Page find(
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String recipient,
            @RequestParam(required = false) @Nullable String traceId,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String data,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (limit < 1 || limit > MOST) {
            throw ApiException.invalid("limit is " + limit + "; give a number from 1 to " + MOST + ".");
        }
        return search.find(new Search.Query(
                given(type),
                given(channel),
                given(state),
                given(source),
                given(recipient),
                given(traceId),
                text(given(q)),
                object(given(data)),
                Moments.of("from", from, clock),
                Moments.of("to", to, clock),
                cursor(given(cursor)),
                limit));
    }

    @GetMapping("/{id}")
    Story show(@PathVariable String id) {
        return stories.of(id).orElseThrow(() -> ApiException.notFound("notification " + id));
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static @Nullable String text(@Nullable String q) {
        if (q != null && q.length() < Search.SHORTEST_TEXT) {
            throw ApiException.invalid("q is '" + q + "'; give at least " + Search.SHORTEST_TEXT + " characters.");
        }
        return q;
    }

    private @Nullable String object(@Nullable String data) {
        try {
            if (data != null && !json.readTree(data).isObject()) {
                throw ApiException.invalid("data is no JSON object; give one like {\"symbol\":\"BTC\"}.");
            }
            return data == null ? null : json.readTree(data).toString();
        } catch (JsonProcessingException e) {
            throw ApiException.invalid("data is no JSON; give an object like {\"symbol\":\"BTC\"}.");
        }
    }

    private static @Nullable String cursor(@Nullable String cursor) {
        if (cursor != null && !NotificationIds.isId(cursor)) {
            throw ApiException.invalid("cursor is none of ours; use the one of the page before, or none.");
        }
        return cursor;
    }
}
