package dev.mehari.channel;

import static dev.mehari.redis.RedisScript.bytes;
import static dev.mehari.redis.RedisScript.text;

import dev.mehari.redis.RedisGate;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;

/**
 * Takes what waits for one recipient's sake out of all lanes: its deliveries end as suppressed, and leave the lists of what
 * fallbacks took over. Repeating it changes nothing. A request that is under way at that moment is not called back.
 * Thread-safe.
 */
public class LaneExpunging implements MessageListener {
    private static final int AT_ONCE = 500;

    private final Channels channels;
    private final Lanes lanes;
    private final RedisGate redis;
    private final Clock clock;
    private final String topic;

    LaneExpunging(Channels channels, Lanes lanes, RedisGate redis, Clock clock, String keyPrefix) {
        this.channels = channels;
        this.lanes = lanes;
        this.redis = redis;
        this.clock = clock;
        this.topic = keyPrefix + "expunge";
    }

    /** Where nodes tell each other which deliveries in their memory are not to be sent. */
    String topic() {
        return topic;
    }

    /** @param deliveries how many were suppressed, and {@code diverted} how many are not offered for sending again */
    public record Gone(long deliveries, long diverted) {}

    /** @throws dev.mehari.redis.RedisAway the lanes are not reached; some may be done */
    public Gone expunge(String recipient) {
        long now = clock.millis();
        forget(recipient, now);
        redis.await(redis.commands().publish(bytes(topic), bytes(now + " " + recipient)));
        long deliveries = 0;
        long diverted = 0;
        for (var channel : channels.all().keySet()) {
            var lane = lanes.of(channel);
            deliveries += lane.suppressAbout(recipient, true, AT_ONCE) + lane.suppressAbout(recipient, false, AT_ONCE);
            diverted += lane.forgetDivertedAbout(recipient);
        }
        return new Gone(deliveries, diverted);
    }

    private void forget(String recipient, long until) {
        channels.all().keySet().forEach(channel -> lanes.of(channel).expunged().add(recipient, until));
    }

    @Override
    public void onMessage(Message message, byte @Nullable [] pattern) {
        var said = text(message.getBody());
        int space = said.indexOf(' ');
        if (space > 0) {
            forget(said.substring(space + 1), Long.parseLong(said.substring(0, space)));
        }
    }
}
