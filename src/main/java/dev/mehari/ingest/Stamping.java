package dev.mehari.ingest;

import dev.mehari.notification.Notification;
import org.jspecify.annotations.Nullable;

/** Makes a notification of a body as the HTTP door would, for show: it is not remembered as a duplicate of anything. */
@FunctionalInterface
public interface Stamping {

    /** A notification with the channel its producer chose, if he did. */
    record Asked(Notification notification, @Nullable String channel) {}

    /** @throws dev.mehari.notification.RejectedInput as the door would refuse it */
    Asked forShow(byte[] body);
}
