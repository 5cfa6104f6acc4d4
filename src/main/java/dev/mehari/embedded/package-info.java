/**
 * A real Redis inside the process tree, for machines that have none. A data folder enters; the address of a running server leaves.
 */
@NullMarked
package dev.mehari.embedded;

import org.jspecify.annotations.NullMarked;
