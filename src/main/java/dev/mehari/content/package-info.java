/**
 * Cards, templates and {@code types.yaml}. A notification enters; a provider-neutral {@link dev.mehari.content.Card} leaves.
 */
@NullMarked
package dev.mehari.content;

import org.jspecify.annotations.NullMarked;
