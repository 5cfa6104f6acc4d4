/**
 * The management API and its problem+json errors. Questions of operators enter; JSON leaves.
 */
@NullMarked
package dev.mehari.api;

import org.jspecify.annotations.NullMarked;
