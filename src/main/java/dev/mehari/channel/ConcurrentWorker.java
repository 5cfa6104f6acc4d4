package dev.mehari.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several requests under way at once. Without {@code order-by} any free hand takes the next delivery, and one that must
 * wait lets others pass; with it, each key always meets the same hand, which keeps its order through retries.
 */
final class ConcurrentWorker extends LaneWorker {
    private static final Logger LOG = LoggerFactory.getLogger(ConcurrentWorker.class);
    private static final int AHEAD = 4;

    private final int hands;
    private final List<Thread> threads = new ArrayList<>();
    private final List<BlockingQueue<LaneEntry>> queues = new ArrayList<>();
    private final PriorityBlockingQueue<LaneEntry> later =
            new PriorityBlockingQueue<>(16, Comparator.comparingLong(LaneEntry::notBefore));
    /** Entry ids that this process has in memory: taken, and not finished. */
    private final Set<String> inMemory = ConcurrentHashMap.newKeySet();

    private final DeliveryBatch.Turn turn = new Turn();
    private volatile long gateUntil;
    private volatile @Nullable String broken;
    private volatile boolean waitsForRoom;
    private boolean anew = true;

    ConcurrentWorker(ChannelEndpoint endpoint, BatchProcessor processor, int hands) {
        super(endpoint, processor);
        this.hands = hands;
    }

    @Override
    void work() throws InterruptedException {
        var channel = configuration.channels().get(lane.channel());
        if (threads.isEmpty()) {
            start(channel);
        }
        passOnWhatIsDue();
        waitsForRoom = true;
        int room = hands * AHEAD - inMemory.size();
        if (room <= 0) {
            configuration.wakeUp().await(lane.channel(), untilDue());
            return;
        }
        waitsForRoom = false;
        var look = look(room, anew);
        if (!(look instanceof Lane.Look.Taken taken)) {
            gateUntil = look instanceof Lane.Look.OnHold hold
                    ? hold.untilMillis()
                    : configuration.clock().millis() + configuration.lookAgain().toMillis();
            await(look);
            return;
        }
        anew = false;
        gateUntil = 0;
        broken = taken.broken();
        var entries = taken.entries().stream()
                .filter(entry -> inMemory.add(entry.entryId()))
                .toList();
        var alive = withoutExpired(entries, channel);
        entries.stream().filter(entry -> !alive.contains(entry)).forEach(this::forget);
        alive.forEach(entry -> passOn(entry, channel));
        if (entries.isEmpty()) {
            configuration.wakeUp().await(lane.channel(), untilDue());
        }
    }

    private void start(Channel channel) {
        int queueCount = channel.orderBy() == null ? 1 : hands;
        for (int i = 0; i < queueCount; i++) {
            queues.add(new LinkedBlockingQueue<>());
        }
        for (int i = 0; i < hands; i++) {
            var queue = queues.get(i % queueCount);
            threads.add(Thread.ofVirtual().name("lane-" + lane.channel() + "-" + i).start(() -> hand(queue)));
        }
    }

    private void passOn(LaneEntry entry, Channel channel) {
        if (channel.orderBy() == null && entry.notBefore() > configuration.clock().millis()) {
            later.add(entry);
        } else {
            queues.get(Math.floorMod(orderKey(entry, channel).hashCode(), queues.size())).add(entry);
        }
    }

    private void passOnWhatIsDue() {
        long now = configuration.clock().millis();
        for (var next = later.peek(); next != null && next.notBefore() <= now; next = later.peek()) {
            later.remove(next);
            queues.get(0).add(next);
        }
    }

    private Duration untilDue() {
        var next = later.peek();
        var lookAgain = configuration.lookAgain();
        if (next == null) {
            return lookAgain;
        }
        var due = Duration.ofMillis(next.notBefore() - configuration.clock().millis());
        return due.compareTo(lookAgain) < 0 ? due : lookAgain;
    }

    /** What must stay in order among itself: the recipient, or a value of the data; all the rest together. */
    private static String orderKey(LaneEntry entry, Channel channel) {
        var by = channel.orderBy();
        if (by == null) {
            return "";
        }
        var notification = entry.notification();
        var value = by.startsWith("data.") ? notification.data().get(by.substring(5)) : notification.recipient();
        return String.valueOf(value);
    }

    private void hand(BlockingQueue<LaneEntry> queue) {
        try {
            while (running()) {
                var entry = queue.poll(1, TimeUnit.SECONDS);
                if (entry != null) {
                    deliver(entry);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(LaneEntry first) throws InterruptedException {
        var entry = first;
        while (entry != null && running()) {
            waitUntil(Math.max(entry.notBefore(), gateUntil));
            if (!running()) {
                return;
            }
            entry = attempt(entry);
        }
    }

    /** One attempt; answers the delivery when it must be tried again by this very hand. */
    private @Nullable LaneEntry attempt(LaneEntry entry) throws InterruptedException {
        Channel channel;
        try {
            channel = configuration.channels().get(lane.channel());
            var batch = new DeliveryBatch(channel, List.of(entry), broken, turn);
            if (processor.process(batch).isEmpty()) {
                forget(entry);
                return null;
            }
            return again(entry, (Settlement.Hold) batch.settlement(entry), channel);
        } catch (UnknownChannel gone) {
            forget(entry);
            return null;
        } catch (RuntimeException e) {
            // Redis is away: the delivery is still in the lane, and its outcome was not written down.
            LOG.warn("Channel {} could not write an outcome down and tries again: {}", lane.channel(), e.getMessage());
            Thread.sleep(500);
            return entry;
        }
    }

    private @Nullable LaneEntry again(LaneEntry entry, Settlement.@Nullable Hold hold, Channel channel) {
        if (hold == null) {
            return entry;
        }
        long until = hold.until().toEpochMilli();
        var next = new LaneEntry(
                entry.urgent(),
                entry.entryId(),
                entry.attempts() + (hold.attempt() ? 1 : 0),
                until,
                hold.mark() == LaneEntry.Mark.NONE ? entry.mark() : hold.mark(),
                entry.key(),
                entry.label(),
                entry.queuedAt(),
                entry.divertedFrom(),
                entry.notification());
        if (hold.wholeLane()) {
            gateUntil = Math.max(gateUntil, until);
        }
        if (channel.orderBy() != null) {
            return next;
        }
        later.add(next);
        configuration.wakeUp().call(lane.channel());
        return null;
    }

    private void forget(LaneEntry entry) {
        inMemory.remove(entry.entryId());
        if (waitsForRoom && inMemory.size() <= hands * AHEAD / 2) {
            configuration.wakeUp().call(lane.channel());
        }
    }

    private void waitUntil(long millis) throws InterruptedException {
        for (long rest = millis - configuration.clock().millis();
                rest > 0 && running();
                rest = Math.max(millis, gateUntil) - configuration.clock().millis()) {
            Thread.sleep(Math.min(rest, 1_000));
        }
    }

    /** Deliveries go one by one here: nothing joins one that waits. */
    private final class Turn implements DeliveryBatch.Turn {
        @Override
        public List<LaneEntry> now(List<LaneEntry> before) {
            return before;
        }

        @Override
        public boolean await(Duration atMost) {
            try {
                waitUntil(configuration.clock().millis() + Math.max(1, atMost.toMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return running();
        }
    }

    @Override
    void startOver() {
        anew = true;
    }

    /** Waits for the hands: each ends after the request it has under way. */
    @Override
    void finish() {
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
