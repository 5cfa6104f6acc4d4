/**
 * Live editing of the operators' files. A saved file enters; a checked change of the running gateway leaves, or a reason why not.
 */
@NullMarked
package dev.mehari.reload;

import org.jspecify.annotations.NullMarked;
