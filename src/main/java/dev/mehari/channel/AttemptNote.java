package dev.mehari.channel;

import org.jspecify.annotations.Nullable;

/**
 * One request to a provider, as the history keeps it.
 *
 * @param outcome delivered, retry, rate-limited or rejected
 * @param status the answer's HTTP status, null when there was no answer
 * @param millis from the request to its answer or failure
 */
public record AttemptNote(String outcome, @Nullable Integer status, long millis) {

    /** {@code outcome status millis}, 0 for no status: the form that stands in events. */
    String text() {
        return outcome + " " + (status == null ? 0 : status) + " " + millis;
    }

    static String text(@Nullable AttemptNote note) {
        return note == null ? "" : note.text();
    }
}
