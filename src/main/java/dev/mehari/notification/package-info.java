/**
 * The message itself: the record, its JSON, its validation. Bytes enter, a valid {@link dev.mehari.notification.Notification} or the list of what is wrong with them leaves.
 */
@NullMarked
package dev.mehari.notification;

import org.jspecify.annotations.NullMarked;
