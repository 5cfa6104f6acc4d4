package dev.mehari.channel;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several requests under way at once. Without {@code order-by} any free hand takes the next delivery, and one that must
 * wait lets others pass; with it, those of one key go one after the other, and a key that must wait lets others pass.
 */
final class ConcurrentWorker extends LaneWorker {
    private static final Logger LOG = LoggerFactory.getLogger(ConcurrentWorker.class);
    private static final int AHEAD = 4;
    /** Far away: only a look that finds the lane open opens the gate. */
    private static final long UNTIL_OPENED = Long.MAX_VALUE / 2;

    private final int concurrency;
    private final Hands hands;
    private final TakenDeliveries taken;
    private final StraightFromPuts straight = new StraightFromPuts(this::room, this::takeUp);

    private final DeliveryBatch.Turn turn = new Turn();
    /** Epoch milliseconds before which nothing is sent, whichever hand it is. */
    private final AtomicLong gateUntil = new AtomicLong();
    /** Ends under way, besides the worker itself. */
    private final Phaser endings = new Phaser(1);
    /** Counts how often a hand found the destination broken. */
    private final AtomicLong breaks = new AtomicLong();

    private volatile @Nullable String broken;
    private volatile boolean waitsForRoom;
    /** Whether the lane was closed when last looked at, or a hand has had it closed: it is looked at though there is no room. */
    private volatile boolean shut;

    /** Whether puts have handed something over since the worker last went to rest. */
    private volatile boolean handed;
    /** Whether he rests for as long as a lane may that holds nothing. */
    private volatile boolean restsLong;

    ConcurrentWorker(ChannelEndpoint endpoint, BatchProcessor processor, int concurrency) {
        super(endpoint, processor);
        this.concurrency = concurrency;
        hands = new Hands("lane-" + lane.channel() + "-hand", concurrency, this::hasWork, this::deliverAll);
        taken = new TakenDeliveries(hands::call);
    }

    @Override
    void begin() {
        lane.serve(straight);
    }

    @Override
    void work() throws InterruptedException {
        var channel = configuration.channels().get(lane.channel());
        if (expiryLookIsDue()) {
            expireInMemory(channel);
            expire(channel, taken.entryIds());
        }
        taken.passOnWhatIsDue(now());
        waitsForRoom = true;
        int room = room();
        if (room <= 0 && !shut) {
            rest();
            return;
        }
        waitsForRoom = false;
        var look = room > 0 ? take(channel, room) : gate();
        if (!(look instanceof Lane.Look.Taken found)) {
            closed(look);
            await(look);
        } else if (found.all() && straight.isOpen()) {
            rest();
        }
    }

    private int room() {
        return taken.isFull() ? 0 : concurrency * AHEAD - taken.inTheWay();
    }

    /** Takes what there is, and begins anew when something may have been handed over to nobody. */
    private Lane.Look take(Channel channel, int room) {
        boolean anew = straight.lookBegins();
        // What a hand finishes after the look was made is still in the look's answer.
        var before = anew ? taken.entryIds() : Set.<String>of();
        long ended = taken.ended();
        try {
            var look = gated(() -> look(room, anew));
            if (!(look instanceof Lane.Look.Taken found)) {
                straight.lookIsRefused();
                return look;
            }
            var entries = found.entries().stream()
                    .filter(entry -> !before.contains(entry.entryId()) && !taken.contains(entry.entryId()))
                    .toList();
            var alive = withoutExpired(entries, channel);
            straight.lookEnds(alive);
            if (!anew && found.standing() > taken.knownSince(ended) + entries.size() - alive.size()) {
                straight.lost();
            }
            return look;
        } catch (RuntimeException e) {
            straight.close();
            throw e;
        }
    }

    private Lane.Look gate() {
        return gated(lane::gate);
    }

    /** Looks, and opens the gate when the lane is open. */
    private Lane.Look gated(Supplier<Lane.Look> looking) {
        long gateBefore = gateUntil.get();
        long breaksBefore = breaks.get();
        shut = false;
        var look = looking.get();
        if (look instanceof Lane.Look.Taken found) {
            // A hand that learnt something while the look was under way knows better.
            gateUntil.compareAndSet(gateBefore, 0);
            if (breaks.get() == breaksBefore) {
                broken = found.broken();
            }
        }
        return look;
    }

    private void takeUp(List<LaneEntry> entries) {
        var channel = configuration.channels().find(lane.channel());
        if (entries.isEmpty() || channel.isEmpty()) {
            return;
        }
        entries.forEach(entry -> taken.add(orderKey(entry, channel.get()), entry, now()));
        handed = true;
        if (restsLong) {
            restsLong = false;
            configuration.wakeUp().call(lane.channel());
        }
    }

    /** Waits for a call. As long as puts hand something over, it is as if something stood in the lane at each look. */
    private void rest() throws InterruptedException {
        boolean nothing = !handed && taken.isEmpty();
        handed = false;
        restsLong = nothing;
        var atMost = untilDue(nothing && taken.isEmpty());
        configuration.wakeUp().await(lane.channel(), atMost);
        restsLong = false;
    }

    /** What no hand has taken up yet; a hand that waits with one looks for itself. */
    private void expireInMemory(Channel channel) {
        lane.expire(taken.removeWaiting(entry -> expired(entry, channel), now()));
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
        taken.removeWaiting(entry -> true, now());
        straight.close();
    }

    private Duration untilDue(boolean nothing) {
        var next = taken.nextDue();
        var lookAgain = nothing ? configuration.lookAgain() : expiryLook();
        if (next == null) {
            return lookAgain;
        }
        var due = Duration.ofMillis(next - now());
        return due.compareTo(lookAgain) < 0 ? due : lookAgain;
    }

    /** What must stay in order among itself: the recipient, or a value of the data; all the rest together. */
    private static String orderKey(LaneEntry entry, Channel channel) {
        var by = channel.orderBy();
        if (by == null) {
            return entry.entryId();
        }
        var notification = entry.notification();
        var value = by.startsWith("data.") ? notification.data().get(by.substring(5)) : notification.recipient();
        return String.valueOf(value);
    }

    private boolean hasWork() {
        return running() && taken.hasNext();
    }

    /** What one hand does: delivers until nothing is left that may be sent. */
    private void deliverAll() {
        try {
            for (var entry = next(); entry != null; entry = next()) {
                deliver(entry);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable LaneEntry next() {
        return running() ? taken.next() : null;
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
            processor.send(batch);
            if (known == null && batch.broken() != null) {
                learn(batch.broken());
            }
            if (batch.entries().isEmpty()) {
                return entry;
            }
            if (batch.settlement(entry) instanceof Settlement.Final end) {
                end(batch, entry, end);
                return null;
            }
            processor.settle(batch);
            return again(entry, (Settlement.Hold) batch.settlement(entry));
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

    /**
     * The hand goes on; what is behind in the same order goes on when it is written down that this one has ended. Where
     * nothing is, and others are under way, they are written down together.
     */
    private void end(DeliveryBatch batch, LaneEntry entry, Settlement.Final end) {
        endings.register();
        boolean soon = batch.channel().orderBy() == null && taken.inTheWay() > 1;
        processor.end(batch, entry, end, soon).whenComplete((ended, away) -> {
            if (away == null) {
                forget(entry);
            }
            endings.arriveAndDeregister();
        });
    }

    /** Every other hand knows at once that the destination is broken, so that none asks it in vain. */
    private void learn(String reason) {
        breaks.incrementAndGet();
        broken = reason;
    }

    private @Nullable LaneEntry again(LaneEntry entry, Settlement.@Nullable Hold hold) {
        if (hold == null) {
            return entry;
        }
        if (hold.wholeLane()) {
            gateUntil.accumulateAndGet(hold.until().toEpochMilli(), Math::max);
            shut = true;
        }
        taken.putOff(entry.kept(hold));
        configuration.wakeUp().call(lane.channel());
        return null;
    }

    private void forget(LaneEntry entry) {
        taken.finished(entry, now());
        if (waitsForRoom && taken.inTheWay() <= concurrency * AHEAD / 2) {
            configuration.wakeUp().call(lane.channel());
        }
    }

    /** Until it may be tried, or nobody wants it any more. */
    private void waitUntil(LaneEntry entry) throws InterruptedException {
        waitUntil(entry.notBefore(), () -> {
            var channel = configuration.channels().find(lane.channel());
            return channel.isEmpty() || expired(entry, channel.get());
        });
    }

    private void waitUntil(long millis, BooleanSupplier enough) throws InterruptedException {
        for (long rest = untilOpen(millis); rest > 0 && running(); rest = untilOpen(millis)) {
            if (enough.getAsBoolean()) {
                return;
            }
            Thread.sleep(Math.min(rest, 1_000));
        }
    }

    private long now() {
        return configuration.clock().millis();
    }

    private long untilOpen(long millis) {
        return Math.max(millis, gateUntil.get()) - now();
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
                waitUntil(ConcurrentWorker.this.now() + Math.max(1, atMost.toMillis()), () -> false);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return running();
        }
    }

    @Override
    void startOver() {
        straight.close();
    }

    /** Waits for the hands, each of which ends after the request it has under way, and until what they ended is written down. */
    @Override
    void finish() {
        lane.serve(null);
        try {
            hands.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        endings.arriveAndAwaitAdvance();
    }
}
