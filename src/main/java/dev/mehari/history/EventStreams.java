package dev.mehari.history;

import static dev.mehari.redis.RedisScript.bytes;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What waits in Redis to be written: a stream of events for each channel, and one of records from everywhere else. What is
 * read stays until it is trimmed, after it was written. Thread-safe.
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

    EventStreams(RedisGate redis, Channels channels, String keyPrefix, long kept) {
        this.redis = redis;
        this.channels = channels;
        this.keyPrefix = keyPrefix;
        this.kept = kept;
    }

    Set<String> configured() {
        return channels.all().keySet();
    }

    /** Channels, configured or not any more, of which events wait. */
    Set<String> found() {
        var names = new TreeSet<String>();
        var pattern = ScanArgs.Builder.limit(1_000).match(keyPrefix + "{*}:events");
        ScanCursor cursor = ScanCursor.INITIAL;
        while (!cursor.isFinished()) {
            var page = redis.await(redis.commands().scan(cursor, pattern));
            page.getKeys().forEach(key -> names.add(channelOf(text(key))));
            cursor = page;
        }
        return names;
    }

    private String channelOf(String key) {
        return key.substring(keyPrefix.length() + 1, key.length() - "}:events".length());
    }

    byte[] events(String channel) {
        return bytes(keyPrefix + "{" + channel + "}:events");
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
        return asked.stream().map(redis::await).toList();
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
        var oldest = Stream.concat(configured().stream().map(this::events), Stream.of(records()))
                .map(key -> redis.commands().xrange(key, Range.<String>unbounded(), Limit.from(1)))
                .toList();
        return oldest.stream()
                .flatMap(first -> redis.await(first).stream())
                .anyMatch(first ->
                        Place.of(first.getId()).millis() < now.minus(LATE).toEpochMilli());
    }

    /**
     * What was found of that which waits.
     *
     * @param all false when so much waits that not all of it was looked at
     */
    record Waiting(List<LaneEvent> events, boolean all) {}

    /** What waits about a notification that was made at the instant, not written yet. */
    Waiting about(String notificationId, Instant madeAt) {
        var from = Long.toString(Math.max(0, madeAt.minus(CLOCKS_DIFFER).toEpochMilli()));
        var events = new ArrayList<LaneEvent>();
        var names = List.copyOf(channels.all().keySet());
        var lengths = lengths(names.stream().map(this::events).toList());
        int pages = PAGES;
        for (int i = 0; i < names.size(); i++) {
            var place = lengths.get(i) == 0 ? "" : from;
            while (!place.isEmpty() && pages-- > 0) {
                place = look(notificationId, names.get(i), place, events);
            }
        }
        return new Waiting(events, pages >= 0);
    }

    /** Looks through one page, and answers where the next begins; empty when there is none. */
    private String look(String notificationId, String channel, String place, List<LaneEvent> found) {
        var arguments = List.of(bytes(notificationId), bytes(place), bytes(PAGE));
        var answer = redis.await(redis.list(FIND, List.of(events(channel)), arguments));
        for (var one : answer.subList(1, answer.size())) {
            var entry = entry((List<?>) one);
            found.add(LaneEvent.of(channel, entry.place(), entry.fields()));
        }
        return text((byte[]) answer.get(0));
    }

    /** Puts a record down, durably; the oldest go when PostgreSQL stays away too long. */
    void add(Map<String, String> fields) {
        var body = new HashMap<byte[], byte[]>();
        fields.forEach((name, value) -> body.put(bytes(name), bytes(value)));
        redis.await(
                redis.commands().xadd(records(), XAddArgs.Builder.maxlen(kept).approximateTrimming(), body));
    }

    private static Entry entry(StreamMessage<byte[], byte[]> message) {
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

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
