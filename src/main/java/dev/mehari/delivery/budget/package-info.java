/**
 * The provider budget: what a provider takes from all who share a webhook, a chat or an address, over all channels and
 * processes. A batch that is to be sent enters and waits for its turn; what providers' answers tell of their limits
 * comes back.
 */
@NullMarked
package dev.mehari.delivery.budget;

import org.jspecify.annotations.NullMarked;
