/**
 * API keys, console login, redaction. Credentials enter; a decision leaves, and never the credential.
 */
@NullMarked
package dev.mehari.security;

import org.jspecify.annotations.NullMarked;
