package dev.mehari.ingest;

import dev.mehari.ingest.RedisIntake.Arrival;
import dev.mehari.notification.NotificationIds;
import dev.mehari.redis.RedisAway;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door of the pub/sub channel. Redis does not wait for subscribers and drops slow ones, so messages are taken off the
 * connection at once and brought to the lanes in order, many at a time. What is published while nobody listens is lost:
 * producers that cannot have that use the list.
 */
class PubSubDoor implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PubSubDoor.class);
    private static final int AT_ONCE = 200;

    private final BlockingQueue<Arrival> heard = new LinkedBlockingQueue<>();
    private final RedisIntake intake;
    private final NotificationIds ids;
    private volatile boolean running = true;

    PubSubDoor(RedisIntake intake, NotificationIds ids) {
        this.intake = intake;
        this.ids = ids;
    }

    /** Called by the subscription for each message, in their order. */
    void hear(String text) {
        heard.add(new Arrival(ids.next(), text));
    }

    /** Takes nothing more from the queue once it is empty. */
    void stop() {
        running = false;
    }

    @Override
    public void run() {
        try {
            while (running || !heard.isEmpty()) {
                var first = heard.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    pass(first);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Arrival first) throws InterruptedException {
        List<Arrival> arrivals = new ArrayList<>(AT_ONCE);
        arrivals.add(first);
        heard.drainTo(arrivals, AT_ONCE - 1);
        while (true) {
            try {
                intake.take(arrivals);
                return;
            } catch (RedisAway away) {
                LOG.warn("{} published messages wait for Redis: {}", heard.size() + arrivals.size(), away.getMessage());
                Thread.sleep(500);
            } catch (RuntimeException unforeseen) {
                LOG.error("{} published messages were lost to an unforeseen problem", arrivals.size(), unforeseen);
                return;
            }
        }
    }
}
