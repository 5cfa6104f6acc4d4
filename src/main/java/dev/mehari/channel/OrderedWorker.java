package dev.mehari.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** One request under way at a time: strict order within the channel, urgent ones first, neighbours may share a request. */
final class OrderedWorker extends LaneWorker {
    /** What has begun to go out in parts is ended before anything else, urgent or not. */
    private static final Comparator<LaneEntry> ORDER = Comparator.comparing((LaneEntry entry) -> entry.sent() == 0)
            .thenComparing(entry -> !entry.urgent())
            .thenComparing(LaneEntry::entryId, OrderedWorker::byPlace);

    private static final Duration JUST_LOOKED = Duration.ofMillis(10);

    private final List<LaneEntry> waiting = new ArrayList<>();
    private boolean anew = true;
    /** Whether the last look left nothing in the lane, so that what comes will call. */
    private boolean empty;

    OrderedWorker(ChannelEndpoint endpoint, BatchProcessor processor) {
        super(endpoint, processor);
    }

    @Override
    void work() throws InterruptedException {
        var channel = configuration.channels().get(lane.channel());
        expireEverywhere(channel);
        var look = look(Math.max(0, channel.coalesce() - waiting.size()), anew);
        if (!(look instanceof Lane.Look.Taken taken)) {
            startOver();
            await(look);
            return;
        }
        anew = false;
        empty = taken.all();
        waiting.removeIf(lane.expunged()::concerns);
        waiting.addAll(withoutExpired(taken.entries(), channel));
        if (!waiting.isEmpty()) {
            waiting.sort(ORDER);
            deliver(new DeliveryBatch(channel, head(channel.coalesce()), taken.broken(), new Turn(channel)));
        }
        if (empty && waiting.isEmpty() && !anew) {
            await(look);
        }
    }

    private void expireEverywhere(Channel channel) {
        if (expiryLookIsDue()) {
            var ended = expire(channel, Set.of());
            waiting.removeIf(entry -> ended.contains(entry.entryId()));
        }
    }

    /** While a batch waits, later ones join it up to the channel's {@code coalesce}, and urgent ones overtake. */
    private final class Turn implements DeliveryBatch.Turn {
        private final Channel channel;
        private final long takenAt = System.nanoTime();
        private boolean waited;

        private Turn(Channel channel) {
            this.channel = channel;
        }

        @Override
        public List<LaneEntry> now(List<LaneEntry> before) {
            if (!waited && System.nanoTime() - takenAt < JUST_LOOKED.toNanos()) {
                return before;
            }
            expireEverywhere(channel);
            var look = look(Math.max(0, channel.coalesce() - waiting.size()), false);
            if (!(look instanceof Lane.Look.Taken taken)) {
                return List.of();
            }
            empty = taken.all();
            waiting.addAll(taken.entries());
            var alive = withoutExpired(waiting, channel);
            waiting.clear();
            waiting.addAll(alive);
            waiting.sort(ORDER);
            return head(channel.coalesce());
        }

        @Override
        public boolean await(Duration atMost) {
            waited = true;
            try {
                configuration.wakeUp().await(lane.channel(), atMost);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return running();
        }
    }

    /** The first delivery and those that may share its request. */
    private List<LaneEntry> head(int atMost) {
        var head = new ArrayList<LaneEntry>();
        for (var entry : waiting) {
            if (head.size() >= atMost || entry.alone() && !head.isEmpty()) {
                break;
            }
            head.add(entry);
            if (entry.alone()) {
                break;
            }
        }
        return head;
    }

    private void deliver(DeliveryBatch batch) {
        var kept = processor.process(batch);
        waiting.removeAll(batch.entries());
        if (!kept.isEmpty() || batch.entries().isEmpty()) {
            startOver();
        }
    }

    @Override
    void startOver() {
        waiting.clear();
        anew = true;
    }

    /** Stream ids are {@code millis-number}; both parts compare as numbers. */
    static int byPlace(String one, String other) {
        int first = one.indexOf('-');
        int second = other.indexOf('-');
        int byTime = Long.compare(Long.parseLong(one.substring(0, first)), Long.parseLong(other.substring(0, second)));
        return byTime != 0
                ? byTime
                : Long.compare(Long.parseLong(one.substring(first + 1)), Long.parseLong(other.substring(second + 1)));
    }
}
