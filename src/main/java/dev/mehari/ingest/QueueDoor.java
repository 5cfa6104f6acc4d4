package dev.mehari.ingest;

import static dev.mehari.redis.RedisScript.bytes;

import dev.mehari.ingest.RedisIntake.Arrival;
import dev.mehari.notification.NotificationIds;
import dev.mehari.redis.RedisAway;
import dev.mehari.redis.RedisGate;
import dev.mehari.redis.RedisScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisListCommands.Direction;

/**
 * The door of the inbound list. Texts move to a processing list, each with the id its notification will have, and leave
 * that list only when they are durable elsewhere. What a dead process left there is taken first; taking it twice is
 * harmless, because the id is the same. Producers {@code LPUSH}; the oldest is taken first.
 */
class QueueDoor implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(QueueDoor.class);
    private static final RedisScript TAKE = RedisScript.load("queue-take");
    private static final RedisScript DONE = RedisScript.load("queue-done");
    private static final int AT_ONCE = 200;
    private static final double WAIT_SECONDS = RedisGate.LONGEST_WAIT.toSeconds();

    private final RedisGate redis;
    private final RedisConnectionFactory connections;
    private final RedisIntake intake;
    private final NotificationIds ids;
    private final byte[] queue;
    private final byte[] arriving;
    private final byte[] processing;
    private volatile boolean running = true;
    private boolean recovered;
    private boolean waitedInVain;
    /** Waits in Redis at this moment. */
    private @Nullable Thread waiter;

    QueueDoor(
            RedisGate redis,
            RedisConnectionFactory connections,
            RedisIntake intake,
            NotificationIds ids,
            String queueKey) {
        this.redis = redis;
        this.connections = connections;
        this.intake = intake;
        this.ids = ids;
        this.queue = bytes(queueKey);
        this.arriving = bytes("{" + queueKey + "}:arriving");
        this.processing = bytes("{" + queueKey + "}:processing");
    }

    /** A text, and its entry in the processing list byte for byte: what is no UTF-8 must leave it, too. */
    private record Taken(Arrival arrival, byte[] entry) {}

    /** Reads an entry of the processing list; what somebody else put there without an id gets one. */
    private Taken taken(Object entry) {
        var whole = text(entry);
        int space = whole.indexOf(' ');
        boolean ours = space > 0 && NotificationIds.isId(whole.substring(0, space));
        var arrival = ours
                ? new Arrival(whole.substring(0, space), whole.substring(space + 1))
                : new Arrival(ids.next(), whole);
        return new Taken(arrival, (byte[]) entry);
    }

    /** Takes nothing more. What a wait that is broken off has moved already, is taken next time, or by another node. */
    synchronized void stop() {
        running = false;
        if (waiter != null) {
            waiter.interrupt();
        }
    }

    @Override
    public void run() {
        boolean away = false;
        while (running && !Thread.currentThread().isInterrupted()) {
            try (var waiting = connections.getConnection()) {
                away = false;
                while (running) {
                    round(waiting);
                }
            } catch (RuntimeException e) {
                // Texts may have been taken without an answer reaching us: they lie in the processing list.
                recovered = false;
                if (!running) {
                    return;
                }
                if (!away) {
                    LOG.warn("The inbound list waits for Redis: {}", e.getMessage());
                }
                away = true;
                pause();
            }
        }
    }

    private void round(RedisConnection waiting) {
        if (!recovered) {
            recover();
            recovered = true;
        }
        // Also after a wait in vain: another node, now dead, may have left something between the lists.
        var arrivals = take(waitedInVain ? 1 : AT_ONCE);
        waitedInVain = arrivals.isEmpty() && !waited(waiting);
        pass(arrivals);
    }

    /** Waits until something is pushed, which it moves; false when nothing was. */
    private boolean waited(RedisConnection waiting) {
        synchronized (this) {
            waiter = Thread.currentThread();
        }
        try {
            return running
                    && waiting.listCommands().bLMove(queue, arriving, Direction.RIGHT, Direction.LEFT, WAIT_SECONDS)
                            != null;
        } finally {
            synchronized (this) {
                waiter = null;
            }
        }
    }

    private List<Taken> take(int atMost) {
        var fresh = new ArrayList<byte[]>(atMost);
        for (int i = 0; i < atMost; i++) {
            fresh.add(bytes(ids.next()));
        }
        return redis.await(redis.list(TAKE, List.of(arriving, queue, processing), fresh)).stream()
                .map(this::taken)
                .toList();
    }

    /** What somebody took and did not finish: this process before it was killed, or another one just now. */
    private void recover() {
        var left = redis.await(redis.commands().lrange(processing, 0, -1)).reversed();
        for (int start = 0; start < left.size(); start += AT_ONCE) {
            pass(left.subList(start, Math.min(left.size(), start + AT_ONCE)).stream()
                    .map(this::taken)
                    .toList());
        }
    }

    private void pass(List<Taken> taken) {
        while (running && !taken.isEmpty()) {
            try {
                intake.take(taken.stream().map(Taken::arrival).toList());
                redis.await(redis.integer(
                        DONE,
                        List.of(processing),
                        taken.stream().map(Taken::entry).toList()));
                return;
            } catch (RedisAway away) {
                LOG.warn("{} texts of the inbound list wait for Redis: {}", taken.size(), away.getMessage());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
