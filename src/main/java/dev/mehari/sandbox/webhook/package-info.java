/**
 * The receiver of generic webhooks. Any request enters and goes into the inbox; 200 leaves.
 */
@NullMarked
package dev.mehari.sandbox.webhook;

import org.jspecify.annotations.NullMarked;
