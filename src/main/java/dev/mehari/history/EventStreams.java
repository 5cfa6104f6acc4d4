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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What waits in Redis to be written: a stream of events for each channel, and one of records from everywhere else. What is
 * read stays until it is trimmed, after it was written. Thread-safe.
 */
final class EventStreams {
    private static final RedisScript FIND = RedisScript.load("history-find");
    private static final int LOOKED_AT = 5_000;
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);

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

    /** What waits about a notification that was made at the instant, not written yet. */
    List<LaneEvent> about(String notificationId, Instant madeAt) {
        var from = bytes(Math.max(0, madeAt.minus(CLOCKS_DIFFER).toEpochMilli()));
        var asked = new LinkedHashMap<String, CompletionStage<List<Object>>>();
        for (var channel : channels.all().keySet()) {
            var arguments = List.of(bytes(notificationId), from, bytes(LOOKED_AT));
            asked.put(channel, redis.list(FIND, List.of(events(channel)), arguments));
        }
        var events = new ArrayList<LaneEvent>();
        asked.forEach((channel, answer) -> redis.await(answer).forEach(found -> {
            var entry = entry((List<?>) found);
            events.add(LaneEvent.of(channel, entry.place(), entry.fields()));
        }));
        return events;
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
