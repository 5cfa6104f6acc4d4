package dev.mehari.channel;

import dev.mehari.channel.LaneEntry.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One request under way at a time: strict order within the channel, urgent ones first, neighbours may share a request. */
final class OrderedWorker extends LaneWorker {
    private static final Comparator<LaneEntry> ORDER = Comparator.comparing(LaneEntry::urgent)
            .reversed()
            .thenComparing(LaneEntry::entryId, OrderedWorker::byPlace);

    private final List<LaneEntry> waiting = new ArrayList<>();
    private boolean anew = true;

    OrderedWorker(ChannelEndpoint endpoint, BatchProcessor processor) {
        super(endpoint, processor);
    }

    @Override
    void work() throws InterruptedException {
        var channel = configuration.channels().get(lane.channel());
        var look = look(Math.max(0, channel.coalesce() - waiting.size()), anew);
        if (!(look instanceof Lane.Look.Taken taken)) {
            startOver();
            await(look);
            return;
        }
        anew = false;
        waiting.addAll(withoutExpired(taken.entries(), channel));
        if (waiting.isEmpty()) {
            await(look);
            return;
        }
        waiting.sort(ORDER);
        deliver(new DeliveryBatch(channel, head(channel.coalesce()), taken.broken()));
    }

    /** The first delivery and those that may share its request. */
    private List<LaneEntry> head(int atMost) {
        var head = new ArrayList<LaneEntry>();
        for (var entry : waiting) {
            boolean alone = entry.mark() != Mark.NONE;
            if (head.size() >= atMost || alone && !head.isEmpty()) {
                break;
            }
            head.add(entry);
            if (alone) {
                break;
            }
        }
        return head;
    }

    private void deliver(DeliveryBatch batch) {
        var kept = processor.process(batch);
        waiting.removeAll(batch.entries());
        if (!kept.isEmpty()) {
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
        int byTime = Long.compare(
                Long.parseLong(one.substring(0, first)), Long.parseLong(other.substring(0, second)));
        return byTime != 0
                ? byTime
                : Long.compare(Long.parseLong(one.substring(first + 1)), Long.parseLong(other.substring(second + 1)));
    }
}
