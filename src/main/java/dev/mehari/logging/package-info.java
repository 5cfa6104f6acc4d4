/**
 * Our own log files. Log events enter; JSON lines leave, with a trace id, the values by name, and no secret.
 */
@NullMarked
package dev.mehari.logging;

import org.jspecify.annotations.NullMarked;
