/**
 * The data folder, this node's name, and a real Redis and PostgreSQL for machines that have none. Settings enter; the
 * addresses of running servers and {@link dev.mehari.embedded.Node} leave.
 */
@NullMarked
package dev.mehari.embedded;

import org.jspecify.annotations.NullMarked;
