package dev.mehari.delivery;

import java.util.Map;

/**
 * One HTTP request to a provider without its secrets: the target and secret headers are added on the way out of the
 * process, by the egress client. Immutable; {@code body} must not be changed.
 *
 * @param method {@code POST}, or what a generic webhook asks for
 * @param path appended to the channel's target, {@code ""} or starting with a slash, without a query
 * @param query percent-encoded on the way out
 * @param headers sent as they are; {@code Content-Type} among them
 */
public record ProviderRequest(
        String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {}
