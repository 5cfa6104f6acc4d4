/**
 * What the Quartz routes call. Durable counters enter; a report as a notification leaves.
 */
@NullMarked
package dev.mehari.report;

import org.jspecify.annotations.NullMarked;
