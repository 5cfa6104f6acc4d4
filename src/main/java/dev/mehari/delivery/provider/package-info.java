/**
 * How each kind of channel speaks. Envelopes enter; one HTTP request by the provider's own rules leaves, and a verdict on its answer.
 */
@NullMarked
package dev.mehari.delivery.provider;

import org.jspecify.annotations.NullMarked;
