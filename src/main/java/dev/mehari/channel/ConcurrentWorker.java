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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
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
    /** Far away: only a look that finds the lane open opens the gate. */
    private static final long UNTIL_OPENED = Long.MAX_VALUE / 2;

    private final int hands;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<Thread> idle = ConcurrentHashMap.newKeySet();
    private final List<BlockingQueue<LaneEntry>> queues = new ArrayList<>();
    private final PriorityBlockingQueue<LaneEntry> later =
            new PriorityBlockingQueue<>(16, Comparator.comparingLong(LaneEntry::notBefore));
    /** Entry ids that this process has in memory: taken, and not finished. */
    private final Set<String> inMemory = ConcurrentHashMap.newKeySet();

    private final DeliveryBatch.Turn turn = new Turn();
    /** Epoch milliseconds before which nothing is sent, whichever hand it is. */
    private final AtomicLong gateUntil = new AtomicLong();
    /** Counts how often a hand found the destination broken. */
    private final AtomicLong breaks = new AtomicLong();

    private volatile @Nullable String broken;
    private volatile boolean waitsForRoom;
    /** Whether the lane was closed when last looked at, or a hand has had it closed: it is looked at though there is no room. */
    private volatile boolean shut;

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
        if (expiryLookIsDue()) {
            expireInMemory(channel);
            expire(channel, inMemory);
        }
        passOnWhatIsDue();
        waitsForRoom = true;
        int room = hands * AHEAD - inMemory.size();
        if (room <= 0 && !shut) {
            configuration.wakeUp().await(lane.channel(), untilDue());
            return;
        }
        waitsForRoom = false;
        // What a hand finishes after the look was made is still in the look's answer.
        var before = anew ? Set.copyOf(inMemory) : Set.<String>of();
        long gateBefore = gateUntil.get();
        long breaksBefore = breaks.get();
        shut = false;
        var look = room > 0 ? look(room, anew) : lane.gate();
        if (!(look instanceof Lane.Look.Taken taken)) {
            closed(look);
            await(look);
            return;
        }
        anew &= room <= 0;
        // A hand that learnt something while the look was under way knows better.
        gateUntil.compareAndSet(gateBefore, 0);
        if (breaks.get() == breaksBefore) {
            broken = taken.broken();
        }
        var entries = taken.entries().stream()
                .filter(entry -> !before.contains(entry.entryId()) && !inMemory.contains(entry.entryId()))
                .toList();
        for (var entry : withoutExpired(entries, channel)) {
            inMemory.add(entry.entryId());
            passOn(entry, channel);
        }
        if (entries.isEmpty()) {
            configuration.wakeUp().await(lane.channel(), untilDue());
        }
    }

    /** What no hand has taken up yet; a hand that waits with one looks for itself. */
    private void expireInMemory(Channel channel) {
        for (var queue : Stream.concat(queues.stream(), Stream.of(later)).toList()) {
            for (var entry : List.copyOf(queue)) {
                if (expired(entry, channel) && queue.remove(entry)) {
                    inMemory.remove(entry.entryId());
                    lane.expire(List.of(entry));
                }
            }
        }
    }

    private void closed(Lane.Look look) {
        shut = true;
        gateUntil.set(look instanceof Lane.Look.OnHold hold ? hold.untilMillis() : UNTIL_OPENED);
        if (look instanceof Lane.Look.Owned) {
            dropWhatWaits();
        }
    }

    /** The lane is another node's now: what he finishes must not be sent from here, too. */
    private void dropWhatWaits() {
        var dropped = new ArrayList<LaneEntry>();
        queues.forEach(queue -> queue.drainTo(dropped));
        later.drainTo(dropped);
        dropped.forEach(entry -> inMemory.remove(entry.entryId()));
        anew = true;
    }

    private void start(Channel channel) {
        int queueCount = channel.orderBy() == null ? 1 : hands;
        for (int i = 0; i < queueCount; i++) {
            queues.add(new LinkedBlockingQueue<>());
        }
        for (int i = 0; i < hands; i++) {
            var queue = queues.get(i % queueCount);
            threads.add(
                    Thread.ofVirtual().name("lane-" + lane.channel() + "-" + i).start(() -> hand(queue)));
        }
    }

    private void passOn(LaneEntry entry, Channel channel) {
        if (channel.orderBy() == null
                && entry.notBefore() > configuration.clock().millis()) {
            later.add(entry);
        } else {
            queues.get(Math.floorMod(orderKey(entry, channel).hashCode(), queues.size()))
                    .add(entry);
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
        var lookAgain = inMemory.isEmpty() ? configuration.lookAgain() : expiryLook();
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
                var entry = next(queue);
                if (entry != null) {
                    deliver(entry);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for work at no cost; {@link #finish} wakes a hand that waits, and no other. */
    private @Nullable LaneEntry next(BlockingQueue<LaneEntry> queue) {
        var hand = Thread.currentThread();
        idle.add(hand);
        try {
            return running() ? queue.take() : null;
        } catch (InterruptedException ended) {
            return null;
        } finally {
            idle.remove(hand);
        }
    }

    private void deliver(LaneEntry first) throws InterruptedException {
        var entry = first;
        while (entry != null && running()) {
            waitUntil(entry);
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
            if (withoutExpired(List.of(entry), channel).isEmpty()) {
                forget(entry);
                return null;
            }
            var known = broken;
            var batch = new DeliveryBatch(channel, List.of(entry), known, turn);
            var kept = processor.process(batch);
            if (known == null && batch.broken() != null) {
                learn(batch.broken());
            }
            if (batch.entries().isEmpty()) {
                return entry;
            }
            if (kept.isEmpty()) {
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

    /** Every other hand knows at once that the destination is broken, so that none asks it in vain. */
    private void learn(String reason) {
        breaks.incrementAndGet();
        broken = reason;
    }

    private @Nullable LaneEntry again(LaneEntry entry, Settlement.@Nullable Hold hold, Channel channel) {
        if (hold == null) {
            return entry;
        }
        long until = hold.until().toEpochMilli();
        var progress = hold.progress(entry);
        var next = new LaneEntry(
                entry.urgent(),
                entry.entryId(),
                entry.attempts() + (hold.attempt() ? 1 : 0),
                hold.wholeLane() ? 0 : until,
                progress.mark(),
                progress.sent(),
                entry.key(),
                entry.label(),
                entry.queuedAt(),
                entry.divertedFrom(),
                entry.notification());
        if (hold.wholeLane()) {
            gateUntil.accumulateAndGet(until, Math::max);
            shut = true;
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

    /** Until it may be tried, or nobody wants it any more. */
    private void waitUntil(LaneEntry entry) throws InterruptedException {
        for (long rest = untilOpen(entry.notBefore()); rest > 0 && running(); rest = untilOpen(entry.notBefore())) {
            var channel = configuration.channels().find(lane.channel());
            if (channel.isEmpty() || expired(entry, channel.get())) {
                return;
            }
            Thread.sleep(Math.min(rest, 1_000));
        }
    }

    private void waitUntil(long millis) throws InterruptedException {
        for (long rest = untilOpen(millis); rest > 0 && running(); rest = untilOpen(millis)) {
            Thread.sleep(Math.min(rest, 1_000));
        }
    }

    private long untilOpen(long millis) {
        return Math.max(millis, gateUntil.get()) - configuration.clock().millis();
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
            if (idle.contains(thread)) {
                thread.interrupt();
            }
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
