package dev.mehari.history;

import java.util.List;

/** One of the two streams of a lane; what is written stays there, and is noted. */
final class LaneSource implements Source {
    private final UntoldPuts puts;
    private final Count count;
    private final long waiting;
    private UntoldPuts.Stream stream;

    private LaneSource(UntoldPuts puts, UntoldPuts.Stream stream, long waiting, Count count) {
        this.puts = puts;
        this.stream = stream;
        this.waiting = waiting;
        this.count = count;
    }

    static List<LaneSource> of(UntoldPuts puts, UntoldPuts.Lane lane) {
        var count = new Count(lane.count());
        return List.of(
                new LaneSource(puts, lane.urgent(), lane.urgentWaiting(), count),
                new LaneSource(puts, lane.other(), lane.otherWaiting(), count));
    }

    /** What was counted of a lane when the round began; at the end of both streams all of that is told or has ended. */
    private static final class Count {
        private long left;
        private int open = 2;

        Count(long left) {
            this.left = left;
        }
    }

    UntoldPuts.Stream stream() {
        return stream;
    }

    @Override
    public long waiting() {
        return waiting;
    }

    /** It stands in the lane, told or not, and takes no room of its own. */
    @Override
    public boolean bounded() {
        return false;
    }

    @Override
    public List<Entry> read(int atMost) {
        return puts.read(stream, atMost);
    }

    @Override
    public void written(List<Entry> entries) {
        stream = puts.told(stream, entries.getLast().place());
        puts.settled(stream.channel(), entries.size());
        count.left -= entries.size();
    }

    @Override
    public void ended() {
        if (--count.open == 0) {
            puts.settled(stream.channel(), count.left);
        }
    }
}
