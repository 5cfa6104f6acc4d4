/**
 * Discord's webhooks, imitated with their limits and errors. Requests to {@code /api/.../webhooks/...} enter; Discord's answers leave, and what it would have shown goes into the inbox.
 */
@NullMarked
package dev.mehari.sandbox.discord;

import org.jspecify.annotations.NullMarked;
