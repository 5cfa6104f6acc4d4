package dev.mehari.deadletter;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.mehari.notification.Notification;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that will not be tried again by itself, with all that is needed to try it again on purpose. Immutable.
 *
 * @param id the same for every report of the same delivery, so that a letter reported twice is kept once
 * @param channel where it should have gone; null when no channel was chosen yet
 * @param type of the notification; null when the text was not understood
 * @param diedAt when it was given up, to the millisecond
 * @param attempts provider requests made for it
 * @param firstAt when its story began, to the millisecond
 * @param detail the provider's last answer or the error, at most {@value #DETAIL_LIMIT} characters
 * @param divertedFrom the channel this copy stood in for, or null
 * @param notification the full message; null when the text was not understood
 * @param raw the text as it came, at most {@value #RAW_LIMIT} bytes of UTF-8; what was cut is said at its end
 */
@JsonPropertyOrder({"id", "reason", "channel", "type", "diedAt", "attempts", "firstAt", "source"})
public record DeadLetter(
        String id,
        DeadReason reason,
        @Nullable String channel,
        @Nullable String type,
        @JsonFormat(pattern = MILLIS, timezone = "UTC") Instant diedAt,
        int attempts,
        @JsonFormat(pattern = MILLIS, timezone = "UTC") Instant firstAt,
        String source,
        @Nullable String divertedFrom,
        @Nullable String detail,
        @Nullable Notification notification,
        @Nullable String raw) {

    static final int DETAIL_LIMIT = 2048;
    static final int RAW_LIMIT = 64 * 1024;
    /** Always three digits of a second: the store compares instants as texts. */
    private static final String MILLIS = "yyyy-MM-dd'T'HH:mm:ss.SSSX";

    public DeadLetter {
        diedAt = diedAt.truncatedTo(ChronoUnit.MILLIS);
        firstAt = firstAt.truncatedTo(ChronoUnit.MILLIS);
        detail = detail == null ? null : Cut.toCharacters(detail, DETAIL_LIMIT);
        raw = raw == null ? null : Cut.toBytes(raw, RAW_LIMIT);
    }

    /** A notification that one channel could not deliver; with no channel, one that could not be routed. */
    public static DeadLetter of(
            Notification notification,
            @Nullable String channel,
            DeadReason reason,
            @Nullable String detail,
            int attempts,
            Instant diedAt) {
        var id = channel == null ? notification.id() : notification.id() + ":" + channel;
        return new DeadLetter(
                id,
                reason,
                channel,
                notification.type(),
                diedAt,
                attempts,
                notification.createdAt(),
                notification.source(),
                null,
                detail,
                notification,
                null);
    }

    /** A text that came through {@code source} and did not become a notification. */
    public static DeadLetter ofText(String raw, String source, DeadReason reason, @Nullable String detail, Instant at) {
        var id = Sha1.hex(source + "\n" + at.toEpochMilli() + "\n" + raw).substring(0, 26);
        return ofText(id, raw, source, reason, detail, at);
    }

    /** The same for a text that was given an id when it came: with the same id it is the same letter. */
    public static DeadLetter ofText(
            String id, String raw, String source, DeadReason reason, @Nullable String detail, Instant at) {
        return new DeadLetter("text-" + id, reason, null, null, at, 0, at, source, null, detail, null, raw);
    }

    /** An entry that somebody else left in the list; it has no history, so its story begins at the epoch. */
    static DeadLetter foreign(String entry) {
        return new DeadLetter(
                "foreign-" + Sha1.hex(entry),
                DeadReason.NOT_UNDERSTOOD,
                null,
                null,
                Instant.EPOCH,
                0,
                Instant.EPOCH,
                "unknown",
                null,
                "An entry that another program left in the list.",
                null,
                entry);
    }

    /** The same letter as a copy that stood in for another channel; its own letter beside the channel's own copy. */
    public DeadLetter standingInFor(String otherChannel) {
        return new DeadLetter(
                id + ":" + otherChannel,
                reason,
                channel,
                type,
                diedAt,
                attempts,
                firstAt,
                source,
                otherChannel,
                detail,
                notification,
                raw);
    }

    /** An instant as it stands in the list, to compare with. */
    static String stored(Instant instant) {
        return DateTimeFormatter.ofPattern(MILLIS).withZone(ZoneOffset.UTC).format(instant);
    }

    /** Whether its notification is about the recipient, or a text that became none names him as a value of its own. */
    boolean isAbout(String recipient) {
        return notification == null
                ? raw != null && raw.contains('"' + recipient + '"')
                : recipient.equals(notification.recipient());
    }

    DeadLetter withDetail(@Nullable String otherDetail) {
        return new DeadLetter(
                id,
                reason,
                channel,
                type,
                diedAt,
                attempts,
                firstAt,
                source,
                divertedFrom,
                otherDetail,
                notification,
                raw);
    }

    /**
     * Marks the new attempt that a replay makes. The same for this death however often it is replayed, so that a lane
     * takes it once even when a crash makes the replay run twice; another after the next death.
     */
    public String replayMark() {
        return id + "@" + diedAt.toEpochMilli();
    }
}
