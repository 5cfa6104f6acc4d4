/**
 * The doors: HTTP, Redis pub/sub and the Redis list. What a producer sends enters; a notification handed to the router leaves, and an answer that is given only when it stands in its lanes.
 */
@NullMarked
package dev.mehari.ingest;

import org.jspecify.annotations.NullMarked;
