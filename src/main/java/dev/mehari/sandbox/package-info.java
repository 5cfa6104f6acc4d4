/**
 * The imitated providers and their inbox page. Requests as a real provider would get them enter; the answers the real one would give leave.
 */
@NullMarked
package dev.mehari.sandbox;

import org.jspecify.annotations.NullMarked;
