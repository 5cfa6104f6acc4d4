package dev.mehari.delivery;

import dev.mehari.channel.LaneCensus;
import dev.mehari.channel.LaneStatus;
import dev.mehari.redis.RedisAway;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * How the channels are, channel by channel. A paused or broken channel is detail and not a reason to restart the
 * gateway: the others go on, so the whole stays up.
 */
final class ChannelsHealth implements HealthIndicator {
    private static final String CLOSED = "closed";

    private final LaneCensus census;
    private final BreakerStates breakers;
    private final Clock clock;

    ChannelsHealth(LaneCensus census, BreakerStates breakers, Clock clock) {
        this.census = census;
        this.breakers = breakers;
        this.clock = clock;
    }

    @Override
    public Health health() {
        try {
            var health = Health.up();
            census.now().forEach((name, status) -> {
                var breaker = breakers.of(name);
                if (status.paused() != null || status.broken() != null || !breaker.equals(CLOSED)) {
                    health.status("WARNING");
                }
                health.withDetail(name, detail(status, breaker));
            });
            return health.build();
        } catch (RedisAway away) {
            return Health.down()
                    .withDetail("reason", "The lanes are not reached")
                    .build();
        }
    }

    private Map<String, Object> detail(LaneStatus status, String breaker) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("depth", status.depth());
        detail.put("oldestAgeSeconds", status.oldestAge().toSeconds());
        detail.put("breaker", breaker);
        if (status.paused() != null) {
            detail.put("paused", status.paused());
        }
        if (status.broken() != null) {
            detail.put("broken", status.broken());
        }
        if (status.holdUntilMillis() > clock.millis()) {
            detail.put("waitsUntil", Instant.ofEpochMilli(status.holdUntilMillis()));
        }
        return detail;
    }
}
