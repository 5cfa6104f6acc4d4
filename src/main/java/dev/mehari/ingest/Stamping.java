package dev.mehari.ingest;

import dev.mehari.notification.Notification;
import org.jspecify.annotations.Nullable;

/** Makes a notification of a body as a door would, for show: it is not remembered as a duplicate of anything. */
@FunctionalInterface
public interface Stamping {

    /** A notification with the channel its producer chose, if he did. */
    record Asked(Notification notification, @Nullable String channel) {}

    /**
     * @param source the door it is to have come through, {@code http}, {@code redis}, {@code github}
     * @throws dev.mehari.notification.RejectedInput as the door would refuse it
     */
    Asked forShow(byte[] body, String source);
}
