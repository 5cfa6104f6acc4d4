/**
 * The sandbox over HTTP. Requests for imitated providers, for the inbox and its page enter; {@link dev.mehari.sandbox.SandboxAddresses} leaves for those who deliver.
 */
@NullMarked
package dev.mehari.sandbox.web;

import org.jspecify.annotations.NullMarked;
