package dev.mehari.ingest;

import dev.mehari.channel.Puts;
import dev.mehari.deadletter.DeadLetter;
import dev.mehari.deadletter.DeadLetters;
import dev.mehari.deadletter.DeadReason;
import dev.mehari.notification.Draft;
import dev.mehari.notification.NotificationReader;
import dev.mehari.notification.RejectedInput;
import dev.mehari.notification.RejectedInput.Reason;
import dev.mehari.redis.RedisAway;
import dev.mehari.routing.Routing;
import dev.mehari.routing.Routing.Request;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.util.unit.DataSize;

/**
 * What came through Redis, where nobody waits for an answer: it goes to its lanes, and what cannot be understood to the
 * dead letters with its raw text. Thread-safe.
 */
class RedisIntake {
    static final String SOURCE = "redis";

    private static final Logger LOG = LoggerFactory.getLogger(RedisIntake.class);

    private final NotificationReader reader = new NotificationReader();
    private final Intake intake;
    private final Routing routing;
    private final dev.mehari.channel.Channels channels;
    private final DeadLetters deadLetters;
    private final IntakeMeters meters;
    private final Clock clock;
    private final DataSize longest;

    RedisIntake(
            Intake intake,
            Routing routing,
            dev.mehari.channel.Channels channels,
            DeadLetters deadLetters,
            IntakeMeters meters,
            Clock clock,
            DataSize longest) {
        this.intake = intake;
        this.routing = routing;
        this.channels = channels;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.clock = clock;
        this.longest = longest;
    }

    /** A text, with the id the notification gets; taking it again with the same id changes nothing. */
    record Arrival(String id, String text) {}

    /**
     * Takes texts in their order and returns when each is durable somewhere; one that fails in an unforeseen way is a dead
     * letter and takes no other along.
     *
     * @throws RedisAway take them all again, with the same ids
     */
    void take(List<Arrival> arrivals) {
        try {
            takeAll(arrivals);
        } catch (RedisAway away) {
            throw away;
        } catch (RuntimeException unforeseen) {
            if (arrivals.size() > 1) {
                arrivals.forEach(one -> take(List.of(one)));
            } else {
                LOG.error("A text from Redis could not be routed", unforeseen);
                bury(arrivals.get(0), DeadReason.ROUTING_FAILED, String.valueOf(unforeseen.getMessage()));
            }
        }
    }

    private void takeAll(List<Arrival> arrivals) {
        var puts = new Puts(false);
        var stamping = new ArrayList<java.util.concurrent.CompletionStage<Intake.Stamped>>();
        for (var arrival : arrivals) {
            try {
                stamping.add(intake.start(draft(arrival), SOURCE, arrival.id()));
            } catch (RejectedInput rejected) {
                bury(arrival, rejected);
            }
        }
        var stamped = stamping.stream().map(routing::await).toList();
        for (var one : stamped) {
            routing.start(new Request(one.notification(), one.channel()), puts);
        }
        for (var one : stamped) {
            routing.await(one.notification(), puts);
            meters.accepted(SOURCE, one.duplicate());
        }
    }

    private Draft draft(Arrival arrival) {
        var bytes = arrival.text().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > longest.toBytes()) {
            throw new RejectedInput(
                    Reason.TOO_LARGE,
                    "The text has %d bytes; a notification has at most %d (mehari.ingest.max-body)."
                            .formatted(bytes.length, longest.toBytes()));
        }
        return HttpDoor.known(reader.read(bytes), channels);
    }

    private void bury(Arrival arrival, RejectedInput rejected) {
        meters.rejected(SOURCE, rejected.reason());
        var reason = rejected.reason() == Reason.INVALID ? DeadReason.INVALID : DeadReason.NOT_UNDERSTOOD;
        bury(arrival, reason, rejected.getMessage());
    }

    private void bury(Arrival arrival, DeadReason reason, @Nullable String detail) {
        try {
            deadLetters.put(DeadLetter.ofText(arrival.id(), arrival.text(), SOURCE, reason, detail, clock.instant()));
        } catch (DataAccessException away) {
            throw new RedisAway("Redis is not reached: " + away.getMessage(), away);
        }
    }
}
