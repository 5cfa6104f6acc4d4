package dev.mehari.channel;

import dev.mehari.redis.RedisAway;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * How the channels are, channel by channel. A paused or broken channel is detail and not a reason to restart the
 * gateway: the others go on, so the whole stays up.
 */
class ChannelHealth implements HealthIndicator {
    private final LaneCensus census;

    ChannelHealth(LaneCensus census) {
        this.census = census;
    }

    @Override
    public Health health() {
        try {
            var health = Health.up();
            census.now().forEach((name, status) -> health.withDetail(name, detail(status)));
            return health.build();
        } catch (RedisAway away) {
            return Health.down()
                    .withDetail("reason", "The lanes are not reached")
                    .build();
        }
    }

    private static Map<String, Object> detail(LaneStatus status) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("depth", status.depth());
        detail.put("oldestAgeSeconds", status.oldestAge().toSeconds());
        if (status.paused() != null) {
            detail.put("paused", status.paused());
        }
        if (status.broken() != null) {
            detail.put("broken", status.broken());
        }
        return detail;
    }
}
