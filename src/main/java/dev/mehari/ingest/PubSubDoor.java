package dev.mehari.ingest;

import dev.mehari.ingest.RedisIntake.Arrival;
import dev.mehari.notification.NotificationIds;
import dev.mehari.redis.RedisAway;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door of the pub/sub channel. Redis does not wait for subscribers and drops slow ones, so messages are taken off the
 * connection at once and brought to the lanes in order, many at a time. What is published while nobody listens, or while
 * the bounds of what may wait here are reached, is lost: producers that cannot have that use the list.
 */
class PubSubDoor implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PubSubDoor.class);
    private static final int AT_ONCE = 200;
    /** What may wait in memory when lanes take less than is published, or Redis is away. */
    static final int MOST_WAITING = 100_000;

    static final long MOST_CHARACTERS = 48_000_000;

    /** Wakes the one who waits for what is published, when nothing more will come. */
    private static final Arrival END = new Arrival("", "");

    private final BlockingQueue<Arrival> heard = new LinkedBlockingQueue<>();
    private final AtomicLong characters = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final RedisIntake intake;
    private final NotificationIds ids;
    private final IntakeMeters meters;
    private volatile boolean running = true;

    PubSubDoor(RedisIntake intake, NotificationIds ids, IntakeMeters meters) {
        this.intake = intake;
        this.ids = ids;
        this.meters = meters;
    }

    /** Called by the subscription for each message, in their order. */
    void hear(String text) {
        if (heard.size() >= MOST_WAITING || characters.get() >= MOST_CHARACTERS) {
            meters.overflow(RedisIntake.SOURCE);
            if (lost.getAndIncrement() == 0) {
                LOG.error(
                        "Published messages are lost: {} wait already; use the list for what must not be lost",
                        heard.size());
            }
            return;
        }
        characters.addAndGet(text.length());
        heard.add(new Arrival(ids.next(), text));
    }

    /** Takes nothing more from the queue once it is empty. */
    void stop() {
        running = false;
        heard.add(END);
    }

    @Override
    public void run() {
        try {
            while (running || !heard.isEmpty()) {
                var first = heard.take();
                if (!first.equals(END)) {
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
        arrivals.remove(END);
        arrivals.forEach(arrival -> characters.addAndGet(-arrival.text().length()));
        long missed = heard.isEmpty() ? lost.getAndSet(0) : 0;
        if (missed > 0) {
            LOG.error("{} published messages were lost because too many waited", missed);
        }
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
