/**
 * What is wrong with an operator's file, and a YAML reader that knows its lines. A text enters; nodes with positions, or
 * sentences that say what to do, leave. Depends on nothing of the gateway.
 */
@NullMarked
package dev.mehari.problem;

import org.jspecify.annotations.NullMarked;
