package dev.mehari.delivery;

import dev.mehari.content.Card;
import dev.mehari.notification.Notification;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One delivery as a provider gets it to write: the notification, its card, and for whom it stands in. Used by one thread at a time. */
public final class Envelope {
    private final Notification notification;
    private final Supplier<Card> rendering;
    private final @Nullable String divertedFrom;
    private final boolean plain;
    private final int sent;
    private @Nullable Card card;

    /**
     * @param rendering makes the card; asked at most once, and not at all where a provider writes the notification as it came in
     * @param divertedFrom the channel this copy stands in for, or null
     * @param plain true after the rich form was refused: write plain, truncated text and nothing that could be refused again
     * @param sent how many parts of it the provider has already: the next request carries the one after them
     */
    public Envelope(
            Notification notification,
            Supplier<Card> rendering,
            @Nullable String divertedFrom,
            boolean plain,
            int sent) {
        this.notification = notification;
        this.rendering = rendering;
        this.divertedFrom = divertedFrom;
        this.plain = plain;
        this.sent = sent;
    }

    public Envelope(Notification notification, Card card, @Nullable String divertedFrom, boolean plain, int sent) {
        this(notification, () -> card, divertedFrom, plain, sent);
    }

    /** The whole of it is still to be sent. */
    public Envelope(Notification notification, Card card, @Nullable String divertedFrom, boolean plain) {
        this(notification, card, divertedFrom, plain, 0);
    }

    public Notification notification() {
        return notification;
    }

    public Card card() {
        var made = card;
        if (made == null) {
            made = rendering.get();
            card = made;
        }
        return made;
    }

    public @Nullable String divertedFrom() {
        return divertedFrom;
    }

    public boolean plain() {
        return plain;
    }

    public int sent() {
        return sent;
    }
}
