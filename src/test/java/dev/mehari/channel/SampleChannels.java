package dev.mehari.channel;

import dev.mehari.security.Secret;
import java.time.Duration;
import java.util.Map;

/** Channels for tests of the lanes. */
final class SampleChannels {
    private SampleChannels() {}

    static Channel ordered(String name, int coalesce) {
        return channel(name, coalesce, 1, null);
    }

    static Channel concurrent(String name, int hands, String orderBy) {
        return channel(name, 1, hands, orderBy);
    }

    private static Channel channel(String name, int coalesce, int hands, String orderBy) {
        return new Channel(
                name,
                null,
                "webhook",
                Secret.NONE,
                new Channel.Throttle(1000, Duration.ofSeconds(1)),
                new Channel.Retry(3, Duration.ofMillis(10), 2, Duration.ofSeconds(1), 0),
                new Channel.Breaker(50, 20, 5, Duration.ofSeconds(30)),
                null,
                Duration.ofHours(24),
                coalesce,
                hands,
                orderBy,
                Map.of());
    }
}
