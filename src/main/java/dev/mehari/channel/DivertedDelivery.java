package dev.mehari.channel;

import dev.mehari.notification.Notification;
import java.time.Instant;

/**
 * A delivery that the fallback channel took over.
 *
 * @param entryId its place in the list of the channel it was meant for
 * @param detail to which channel, and why
 */
public record DivertedDelivery(String entryId, Instant divertedAt, String detail, Notification notification) {}
