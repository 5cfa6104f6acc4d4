package dev.mehari.channel;

import dev.mehari.notification.Notification;
import org.jspecify.annotations.Nullable;

/**
 * One delivery that was taken from a lane and is not finished. Immutable.
 *
 * @param urgent which of the two streams it stands in
 * @param entryId its place in the stream; places sort by the order they were put in
 * @param attempts tries that were spent before this one
 * @param notBefore epoch milliseconds of the next try, 0 for at once
 * @param mark how it must be tried
 * @param sent parts of it that its provider has already; 0 for all that go in one request
 * @param key what makes this delivery one: the notification's id, with a suffix for a replay
 * @param label the type's name in counters
 * @param queuedAt epoch milliseconds
 * @param divertedFrom the channel this copy stands in for, or null
 * @param bytes length of the notification as it is stored
 */
public record LaneEntry(
        boolean urgent,
        String entryId,
        int attempts,
        long notBefore,
        Mark mark,
        int sent,
        String key,
        String label,
        long queuedAt,
        @Nullable String divertedFrom,
        Notification notification,
        int bytes) {

    /** The same delivery after it was kept for a later try. */
    LaneEntry kept(Settlement.Hold hold) {
        var progress = hold.progress(this);
        return new LaneEntry(
                urgent,
                entryId,
                attempts + (hold.attempt() ? 1 : 0),
                hold.wholeLane() ? 0 : hold.until().toEpochMilli(),
                progress.mark(),
                progress.sent(),
                key,
                label,
                queuedAt,
                divertedFrom,
                notification,
                bytes);
    }

    /** Its place tells it from others; the notification with all its data is not worth a hash at every look-up. */
    @Override
    public int hashCode() {
        return entryId.hashCode();
    }

    /** Whether it shares its request with no other. */
    public boolean alone() {
        return mark != Mark.NONE || sent > 0;
    }

    /** How a delivery must be tried. */
    public enum Mark {
        /** together with others, in the rich form */
        NONE,
        /** alone, in the rich form: the request it shared was refused */
        SINGLE,
        /** alone, as plain text: its rich form was refused */
        PLAIN
    }

    /** What the next try has to know of those before it, in the form that stands in Redis: empty, {@code PLAIN}, {@code NONE 2}. */
    record Progress(Mark mark, int sent) {
        static Progress read(String text) {
            var words = text.split(" ", 2);
            return new Progress(
                    text.isEmpty() ? Mark.NONE : Mark.valueOf(words[0]),
                    words.length < 2 ? 0 : Integer.parseInt(words[1]));
        }

        String text() {
            return sent > 0 ? mark + " " + sent : mark == Mark.NONE ? "" : mark.name();
        }
    }
}
