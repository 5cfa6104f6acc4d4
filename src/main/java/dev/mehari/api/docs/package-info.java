/**
 * The OpenAPI document and its page at {@code /docs}. The controllers and the doors' records enter, with the words of {@code
 * docs/calls.yaml}; a document leaves, made when it is first asked for.
 */
@NullMarked
package dev.mehari.api.docs;

import org.jspecify.annotations.NullMarked;
