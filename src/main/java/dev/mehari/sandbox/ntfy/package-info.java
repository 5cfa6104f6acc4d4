/**
 * An ntfy server, imitated with its numbered errors. Publications enter; the message as published leaves, and goes into the inbox.
 */
@NullMarked
package dev.mehari.sandbox.ntfy;

import org.jspecify.annotations.NullMarked;
