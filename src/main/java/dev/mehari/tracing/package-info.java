/**
 * Traces for an OpenTelemetry collector. What happened to deliveries enters, after it was written to the history; spans
 * leave as OTLP.
 */
@NullMarked
package dev.mehari.tracing;

import org.jspecify.annotations.NullMarked;
