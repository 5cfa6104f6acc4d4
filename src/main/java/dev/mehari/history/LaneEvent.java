package dev.mehari.history;

import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationJson;
import dev.mehari.security.Redaction;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to one delivery, as a lane's script wrote it down.
 *
 * @param place where it stands in its channel's stream; of {@code queued}, what {@link Place#ofPut} says
 * @param event queued, held, or the final state's name
 * @param replay the mark of the replay it is about; empty for the first time
 * @param from the channel this copy stands in for
 * @param attempts how many tries had been spent
 * @param until when the next try may be made
 * @param took the request to the provider that led to it; null when there was none
 * @param detail why, or the provider's message id
 * @param notification in {@code queued} only
 */
record LaneEvent(
        String channel,
        Place place,
        String event,
        String notificationId,
        String replay,
        Instant at,
        @Nullable String from,
        int attempts,
        @Nullable Instant until,
        @Nullable Took took,
        @Nullable String detail,
        @Nullable Notification notification) {

    static final String QUEUED = "queued";
    static final String HELD = "held";

    /** A request to a provider. */
    record Took(String outcome, @Nullable Integer status, long millis) {

        static @Nullable Took of(@Nullable String text) {
            if (text == null || text.isEmpty()) {
                return null;
            }
            var parts = text.split(" ");
            int status = Integer.parseInt(parts[1]);
            return new Took(parts[0], status == 0 ? null : status, Long.parseLong(parts[2]));
        }

        String text() {
            return outcome + " " + (status == null ? 0 : status) + " " + millis;
        }
    }

    /** Whether it says how the delivery ended. */
    boolean isFinal() {
        return !event.equals(QUEUED) && !event.equals(HELD);
    }

    /** What an event tells; before it that the delivery was put, where the history may not have read that in the lane. */
    static List<LaneEvent> of(String channel, Entry entry) {
        var fields = entry.fields();
        var notification = notification(fields.get("n"));
        var put = fields.get("put");
        if (put == null) {
            return List.of(event(channel, entry.place(), fields, notification));
        }
        var event = event(channel, entry.place(), fields, null);
        return List.of(put(event, put.split(" ", 4), notification), event);
    }

    private static LaneEvent event(
            String channel, Place place, Map<String, String> fields, @Nullable Notification notification) {
        var until = number(fields.get("until"));
        return new LaneEvent(
                channel,
                place,
                fields.getOrDefault("e", "unknown"),
                id(fields),
                replay(fields),
                Instant.ofEpochMilli(number(fields.get("at"))),
                nullIfEmpty(fields.get("from")),
                (int) number(fields.get("attempts")),
                until == 0 ? null : Instant.ofEpochMilli(until),
                Took.of(fields.get("took")),
                masked(nullIfEmpty(fields.get("detail"))),
                notification);
    }

    /** @param words stream (0 urgent, 1 lane), entry, milliseconds, and the channel it stands in for, if it does */
    private static LaneEvent put(LaneEvent event, String[] words, @Nullable Notification notification) {
        return queued(
                event.channel(),
                Place.of(words[1]).ofPut(words[0].equals("0")),
                event.notificationId(),
                event.replay(),
                Instant.ofEpochMilli(Long.parseLong(words[2])),
                words.length < 4 ? null : words[3],
                notification);
    }

    /** What a lane's entry tells; null for one that an older version put, which wrote an event as well. */
    static @Nullable LaneEvent ofPut(UntoldPuts.Stream stream, Entry entry) {
        var fields = entry.fields();
        return fields.containsKey("id")
                ? null
                : queued(
                        stream.channel(),
                        entry.place().ofPut(stream.urgent()),
                        id(fields),
                        replay(fields),
                        Instant.ofEpochMilli(number(fields.get("at"))),
                        fields.get("from"),
                        notification(fields.get("n")));
    }

    private static LaneEvent queued(
            String channel,
            Place place,
            String id,
            String replay,
            Instant at,
            @Nullable String from,
            @Nullable Notification notification) {
        return new LaneEvent(channel, place, QUEUED, id, replay, at, from, 0, null, null, null, notification);
    }

    private static String id(Map<String, String> fields) {
        return fields.getOrDefault("key", "").split("~", 2)[0];
    }

    private static String replay(Map<String, String> fields) {
        var key = fields.getOrDefault("key", "");
        int mark = key.indexOf('~');
        return mark < 0 ? "" : key.substring(mark + 1);
    }

    private static @Nullable Notification notification(@Nullable String json) {
        try {
            return json == null ? null : NotificationJson.read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (UncheckedIOException ofAnotherVersion) {
            return null;
        }
    }

    private static long number(@Nullable String text) {
        return text == null || text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private static @Nullable String masked(@Nullable String text) {
        return text == null ? null : Redaction.mask(text);
    }

    private static @Nullable String nullIfEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
