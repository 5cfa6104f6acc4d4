package dev.mehari.cli;

import java.util.Set;

/** The routes that the gateway makes in Java: names that the operators' routes may call and must not take. */
final class JavaRoutes {
    static final Set<String> IDS = Set.of("notify", "unmatched", "door-http", "door-http-batch", "door-pubsub");

    static final Set<String> ENDPOINTS = Set.of(
            "direct:notify",
            "direct:unmatched",
            "platform-http:/api/v1/notifications",
            "platform-http:/api/v1/notifications/batch");

    private JavaRoutes() {}
}
