/**
 * What would have become of past messages. Route files that are not in use and a span of time enter; what would go
 * elsewhere leaves.
 */
@NullMarked
package dev.mehari.timetravel;

import org.jspecify.annotations.NullMarked;
