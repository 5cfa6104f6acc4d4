package dev.mehari.history;

import dev.mehari.channel.LaneStatus;
import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationIds;
import dev.mehari.notification.Priority;
import dev.mehari.redis.RedisAway;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Looks every minute whether each channel's accepted deliveries are all accounted for. A difference that is there at two
 * looks is said to people, once: nothing accepted may be lost.
 */
final class LedgerWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);

    private final Supplier<Map<String, LaneStatus>> census;
    private final LedgerAlarms alarms;
    private final Consumer<Notification> route;
    private final NotificationIds ids;
    private final Clock clock;
    private Set<String> suspected = Set.of();

    LedgerWatch(
            Supplier<Map<String, LaneStatus>> census,
            LedgerAlarms alarms,
            Consumer<Notification> route,
            NotificationIds ids,
            Clock clock) {
        this.census = census;
        this.alarms = alarms;
        this.route = route;
        this.ids = ids;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    synchronized void look() {
        try {
            var differing = new HashSet<String>();
            for (var lane : census.get().entrySet()) {
                if (lane.getValue().difference() != 0) {
                    differing.add(lane.getKey());
                    suspect(lane.getKey(), lane.getValue());
                }
            }
            for (var channel : suspected) {
                if (!differing.contains(channel)) {
                    alarms.clear(channel);
                }
            }
            suspected = differing;
        } catch (RedisAway away) {
            LOG.debug("The ledger is looked at in the next minute", away);
        }
    }

    private void suspect(String channel, LaneStatus status) {
        if (!suspected.contains(channel) || !alarms.raise(channel)) {
            return;
        }
        LOG.error("ledger.differs channel={} difference={} ledger={}", channel, status.difference(), status.ledger());
        route.accept(notification(channel, status.difference()));
    }

    private Notification notification(String channel, long difference) {
        var id = ids.next();
        var text = difference > 0
                ? difference + " deliveries of channel " + channel + " were accepted and have neither ended nor wait."
                : -difference + " deliveries of channel " + channel
                        + " ended or wait that were never accepted, or twice.";
        return new Notification(
                id,
                "system.critical",
                "The ledger of channel " + channel + " does not add up",
                text,
                Map.of("component", "ledger", "channel", channel, "difference", difference, "error", text),
                Priority.CRITICAL,
                null,
                "mehari",
                id,
                null,
                clock.instant(),
                null,
                List.of());
    }
}
