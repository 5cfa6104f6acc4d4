/**
 * Logs of several components as one timeline. Log folders enter; Markdown with delays and alerts leaves.
 */
@NullMarked
package dev.mehari.cli.logs;

import org.jspecify.annotations.NullMarked;
