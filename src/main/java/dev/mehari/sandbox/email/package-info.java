/**
 * A mail submission, imitated over HTTP. Letters as they would go over SMTP enter; SMTP replies leave, and letters go into the inbox.
 */
@NullMarked
package dev.mehari.sandbox.email;

import org.jspecify.annotations.NullMarked;
