/**
 * What all HTTP answers share: problem+json, the error pages, the trace id of a call, bodies with a limit. Failures enter; one JSON shape leaves, never a stack trace.
 */
@NullMarked
package dev.mehari.http;

import org.jspecify.annotations.NullMarked;
