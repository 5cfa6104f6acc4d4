/**
 * Deliveries that will not be tried again by themselves. A delivery enters with its reason; it leaves by replay, by deletion, or by age.
 */
@NullMarked
package dev.mehari.deadletter;

import org.jspecify.annotations.NullMarked;
