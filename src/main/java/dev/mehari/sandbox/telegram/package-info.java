/**
 * Telegram's Bot API, imitated with its limits, its entity parser and its errors. Calls of a bot enter; Telegram's answers leave, and what it would have shown goes into the inbox.
 */
@NullMarked
package dev.mehari.sandbox.telegram;

import org.jspecify.annotations.NullMarked;
