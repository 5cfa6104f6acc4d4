package dev.mehari.delivery;

import dev.mehari.content.Card;
import dev.mehari.notification.Notification;
import org.jspecify.annotations.Nullable;

/**
 * One delivery as a provider gets it to write: the notification, its card, and for whom it stands in.
 *
 * @param divertedFrom the channel this copy stands in for, or null
 * @param plain true after the rich form was refused: write plain, truncated text and nothing that could be refused again
 * @param sent how many parts of it the provider has already: the next request carries the one after them
 */
public record Envelope(
        Notification notification, Card card, @Nullable String divertedFrom, boolean plain, int sent) {

    /** The whole of it is still to be sent. */
    public Envelope(Notification notification, Card card, @Nullable String divertedFrom, boolean plain) {
        this(notification, card, divertedFrom, plain, 0);
    }
}
