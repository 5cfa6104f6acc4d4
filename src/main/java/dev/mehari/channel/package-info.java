/**
 * The channel: {@code channels.yaml}, the durable lanes in Redis and the Camel component {@code channel:NAME} over them. A notification enters a lane; deliveries leave it in order, at least once, until each has a final outcome.
 */
@NullMarked
package dev.mehari.channel;

import org.jspecify.annotations.NullMarked;
