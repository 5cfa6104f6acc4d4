/**
 * Slack's incoming webhooks, imitated with their plain-text errors. Posts enter; {@code ok} or the name of what is wrong leaves, and messages go into the inbox.
 */
@NullMarked
package dev.mehari.sandbox.slack;

import org.jspecify.annotations.NullMarked;
