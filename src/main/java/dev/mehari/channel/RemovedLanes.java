package dev.mehari.channel;

import static dev.mehari.redis.RedisScript.bytes;
import static dev.mehari.redis.RedisScript.text;

import dev.mehari.redis.RedisAway;
import dev.mehari.redis.RedisGate;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deliveries of channels that are not in channels.yaml any more. They stay in their lanes, in their order, and go out
 * when the channel is put back; until then they are shown and counted, as nobody delivers them. Thread-safe.
 */
public class RemovedLanes implements Channels.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(RemovedLanes.class);

    private final Channels channels;
    private final Lanes lanes;
    private final RedisGate redis;
    private final byte[] everNamed;

    RemovedLanes(Channels channels, Lanes lanes, RedisGate redis, String keyPrefix, MeterRegistry meters) {
        this.channels = channels;
        this.lanes = lanes;
        this.redis = redis;
        this.everNamed = bytes(keyPrefix + "channels");
        Gauge.builder("mehari.lane.removed.depth", this::depth)
                .description("Deliveries that wait in lanes of channels that are not in channels.yaml any more")
                .register(meters);
    }

    /**
     * The lanes of removed channels in which something waits, by name.
     *
     * @throws RedisAway Redis does not answer
     */
    public Map<String, LaneStatus> now() {
        var names = new TreeSet<String>();
        redis.await(redis.commands().smembers(everNamed)).forEach(name -> names.add(text(name)));
        names.removeAll(channels.all().keySet());
        var waiting = new TreeMap<String, LaneStatus>();
        for (var name : names) {
            var status = lanes.of(name).status();
            if (status.depth() > 0) {
                waiting.put(name, status);
            }
        }
        return waiting;
    }

    @Override
    public void changed(Map<String, Channel> before, Map<String, Channel> now) {
        try {
            if (!now.isEmpty()) {
                redis.commands()
                        .sadd(
                                everNamed,
                                now.keySet().stream().map(name -> bytes(name)).toArray(byte[][]::new));
            }
            before.keySet().stream().filter(name -> !now.containsKey(name)).forEach(this::tell);
        } catch (RedisAway away) {
            LOG.debug("The channels' names were not written down: {}", away.getMessage());
        }
    }

    private void tell(String name) {
        lanes.of(name).look().thenAccept(status -> {
            if (status.depth() > 0) {
                LOG.warn(
                        "Channel {} was taken out of channels.yaml with {} deliveries in its lane; they stay there and go"
                                + " out when it is put back",
                        name,
                        status.depth());
            }
        });
    }

    private @Nullable Double depth() {
        try {
            return (double) now().values().stream().mapToLong(LaneStatus::depth).sum();
        } catch (RedisAway away) {
            return null;
        }
    }
}
