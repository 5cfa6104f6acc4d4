package dev.mehari.history;

import static dev.mehari.redis.RedisScript.bytes;
import static dev.mehari.redis.RedisScript.text;

import dev.mehari.channel.Channels;
import dev.mehari.redis.RedisGate;
import dev.mehari.redis.RedisScript;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XTrimArgs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What waits in Redis to be written: a stream of events for each channel, and one of records from everywhere else; beside
 * them {@link #puts()}, which wait in the lanes. What is read stays until it is trimmed, after it was written. Thread-safe.
 */
final class EventStreams {
    private static final RedisScript FIND = RedisScript.load("history-find");
    /** Redis does nothing else while it looks through a page: a millisecond or two. */
    private static final int PAGE = 1_000;

    private static final int PAGES = 100;

    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);
    private static final Duration LATE = Duration.ofSeconds(5);
    private static final Duration HURRY = Duration.ofMinutes(1);

    private final RedisGate redis;
    private final Channels channels;
    private final String keyPrefix;
    private final long kept;
    private final UntoldPuts puts;
    private volatile Runnable listener = () -> {};

    EventStreams(RedisGate redis, Channels channels, String keyPrefix, long kept) {
        this.redis = redis;
        this.channels = channels;
        this.keyPrefix = keyPrefix;
        this.kept = kept;
        this.puts = new UntoldPuts(redis, keyPrefix);
    }

    /** @param told is called whenever this process has added a record; lanes tell of theirs by themselves */
    void tell(Runnable told) {
        listener = told;
    }

    /** Where a node tells the one that writes that it has added to what waits. */
    String topic() {
        return keyPrefix + "history-moves";
    }

    void tellWriter() {
        redis.await(redis.commands().publish(bytes(topic()), new byte[0]));
    }

    /** What was put and is not told. */
    UntoldPuts puts() {
        return puts;
    }

    Set<String> configured() {
        return channels.all().keySet();
    }

    /** Channels, configured or not any more, of which something may wait. */
    Set<String> found() {
        var names = new TreeSet<String>();
        // One walk through all keys for both: events and state.
        var pattern = ScanArgs.Builder.limit(1_000).match(keyPrefix + "{*}:[es][vt][ea]*");
        ScanCursor cursor = ScanCursor.INITIAL;
        while (!cursor.isFinished()) {
            var page = redis.await(redis.commands().scan(cursor, pattern));
            page.getKeys().stream()
                    .map(RedisScript::text)
                    .filter(key -> key.endsWith("}:events") || key.endsWith("}:state"))
                    .forEach(key -> names.add(channelOf(key)));
            cursor = page;
        }
        return names;
    }

    private String channelOf(String key) {
        return key.substring(keyPrefix.length() + 1, key.lastIndexOf('}'));
    }

    byte[] events(String channel) {
        return puts.key(channel, "events");
    }

    byte[] records() {
        return bytes(keyPrefix + "records");
    }

    byte[] lease() {
        return bytes(keyPrefix + "history-writer");
    }

    /** Somebody waits for what stands in the streams: whichever node writes, it is to be quick for a while. */
    void hurry() {
        redis.await(redis.commands().psetex(inAHurry(), HURRY.toMillis(), new byte[0]));
    }

    boolean hurried() {
        return redis.await(redis.commands().exists(inAHurry())) > 0;
    }

    private byte[] inAHurry() {
        return bytes(keyPrefix + "history-hurry");
    }

    /** How many entries wait in each stream, in the order of the keys. */
    List<Long> lengths(List<byte[]> streams) {
        var asked = streams.stream().map(key -> redis.commands().xlen(key)).toList();
        return redis.awaitAll(asked);
    }

    List<Entry> read(byte[] stream, int atMost) {
        var page = redis.commands().xrange(stream, Range.<String>unbounded(), Limit.from(atMost));
        return redis.await(page).stream().map(EventStreams::entry).toList();
    }

    /** The place of the newest entry; null when none waits. */
    @Nullable
    Place newest(byte[] stream) {
        var last = redis.await(redis.commands().xrevrange(stream, Range.<String>unbounded(), Limit.from(1)));
        return last.isEmpty() ? null : Place.of(last.getFirst().getId());
    }

    /** Takes away what was written: everything up to and with this place. */
    void trim(byte[] stream, Place last) {
        redis.await(redis.commands()
                .xtrim(stream, XTrimArgs.Builder.minId(last.next().toString()).exactTrimming()));
    }

    /** Whether something has waited for so long that the history does not tell what is new. */
    boolean late(Instant now) {
        var before = now.minus(LATE).toEpochMilli();
        var oldest = Stream.concat(configured().stream().map(this::events), Stream.of(records()))
                .map(key -> redis.commands().xrange(key, Range.<String>unbounded(), Limit.from(1)))
                .toList();
        return oldest.stream()
                        .flatMap(first -> redis.await(first).stream())
                        .anyMatch(first -> Place.of(first.getId()).millis() < before)
                || untold(configured()).stream()
                        .flatMap(lane -> lane.streams().stream())
                        .flatMap(stream -> puts.read(stream, 1).stream())
                        .anyMatch(first -> first.place().millis() < before);
    }

    private List<UntoldPuts.Lane> untold(Collection<String> names) {
        return puts.of(names).stream().filter(lane -> lane.count() != 0).toList();
    }

    /**
     * What was found of that which waits.
     *
     * @param all false when so much waits that not all of it was looked at
     */
    record Waiting(List<LaneEvent> events, boolean all) {}

    /** What waits about a notification that was made at the instant, not written yet. */
    Waiting about(String notificationId, Instant madeAt) {
        return new Looking(
                        notificationId, Math.max(0, madeAt.minus(CLOCKS_DIFFER).toEpochMilli()))
                .everywhere();
    }

    /** A look for one notification. */
    private final class Looking {
        private final String notificationId;
        private final long fromMillis;
        private final List<LaneEvent> events = new ArrayList<>();
        private int pages = PAGES;

        Looking(String notificationId, long fromMillis) {
            this.notificationId = notificationId;
            this.fromMillis = fromMillis;
        }

        /** In the lanes first: what leaves them meanwhile, is in an event then. */
        Waiting everywhere() {
            var names = List.copyOf(channels.all().keySet());
            untold(names).stream().flatMap(lane -> lane.streams().stream()).forEach(this::inLane);
            var lengths = lengths(names.stream().map(EventStreams.this::events).toList());
            for (int i = 0; i < names.size(); i++) {
                if (lengths.get(i) > 0) {
                    inEvents(names.get(i));
                }
            }
            return new Waiting(events, pages >= 0);
        }

        private void inLane(UntoldPuts.Stream stream) {
            var told = stream.told();
            var from = told == null || told.millis() < fromMillis ? Long.toString(fromMillis) : "(" + told;
            look(puts.key(stream), from, entry -> Stream.ofNullable(LaneEvent.ofPut(stream, entry)));
        }

        private void inEvents(String channel) {
            look(events(channel), Long.toString(fromMillis), entry -> LaneEvent.of(channel, entry).stream());
        }

        private void look(byte[] stream, String from, Function<Entry, Stream<LaneEvent>> read) {
            var place = from;
            while (!place.isEmpty() && pages-- > 0) {
                var arguments = List.of(bytes(notificationId), bytes(place), bytes(PAGE));
                var answer = redis.await(redis.list(FIND, List.of(stream), arguments));
                answer.stream()
                        .skip(1)
                        .flatMap(one -> read.apply(entry((List<?>) one)))
                        .forEach(events::add);
                place = text((byte[]) answer.get(0));
            }
        }
    }

    /** Puts a record down, durably; the oldest go when PostgreSQL stays away too long. */
    void add(Map<String, String> fields) {
        var body = new HashMap<byte[], byte[]>();
        fields.forEach((name, value) -> body.put(bytes(name), bytes(value)));
        redis.await(
                redis.commands().xadd(records(), XAddArgs.Builder.maxlen(kept).approximateTrimming(), body));
        listener.run();
    }

    static Entry entry(StreamMessage<byte[], byte[]> message) {
        var fields = new HashMap<String, String>();
        message.getBody().forEach((name, value) -> fields.put(text(name), text(value)));
        return new Entry(Place.of(message.getId()), fields);
    }

    private static Entry entry(List<?> found) {
        var fields = new HashMap<String, String>();
        var flat = (List<?>) found.get(1);
        for (int i = 0; i < flat.size(); i += 2) {
            fields.put(text((byte[]) flat.get(i)), text((byte[]) flat.get(i + 1)));
        }
        return new Entry(Place.of(text((byte[]) found.get(0))), fields);
    }
}
