/**
 * What Java promises to the YAML router. A notification enters {@code direct:notify}; the names of the channels it went to leave.
 */
@NullMarked
package dev.mehari.routing;

import org.jspecify.annotations.NullMarked;
