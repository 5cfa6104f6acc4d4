/**
 * Providers, outcomes and the beans of {@code routes/delivery.yaml}. A batch of a lane enters; one provider request leaves, and a verdict on each delivery comes back.
 */
@NullMarked
package dev.mehari.delivery;

import org.jspecify.annotations.NullMarked;
