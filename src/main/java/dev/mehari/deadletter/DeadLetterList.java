package dev.mehari.deadletter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The letters in Redis: a list with the newest at its head, which is the truth, and a hash beside it from id to entry.
 * Each change is one script; long walks go in slices, so that no script holds Redis up. Thread-safe.
 */
final class DeadLetterList {
    /** A place before every other: where a walk from the newest begins. */
    static final long NEWEST = Long.MAX_VALUE >> 10;

    static final long OLDEST = 1;
    private static final int SLICE = 100;
    private static final int HEADS_SLICE = 200;

    private static final RedisScript<Long> PUT = RedisScript.of(text("put"), Long.class);
    private static final RedisScript<String> FIND = RedisScript.of(text("find"), String.class);
    private static final RedisScript<Long> DROP = RedisScript.of(text("drop"), Long.class);
    private static final RedisScript<List<Object>> SCAN = listScript("scan");
    private static final RedisScript<List<Object>> HEADS = listScript("heads");

    private final StringRedisTemplate redis;
    private final String list;
    private final String index;

    DeadLetterList(StringRedisTemplate redis, DeadLetterProperties properties) {
        this.redis = redis;
        this.list = properties.key();
        this.index = properties.indexKey();
    }

    /** What a put came to. */
    enum Put {
        KNOWN,
        NEW,
        REPLACED
    }

    /** An entry as it stands in the list. */
    record Entry(String text, DeadLetter letter) {
        Entry(String text) {
            this(text, DeadLetterJson.read(text));
        }
    }

    /** The entries found in one slice, and the place to go on from; 0 at the end. */
    record Slice(long next, List<Entry> entries) {}

    /** What a walk looks for. {@code undated} says whether entries that others left count as old enough. */
    record Search(
            @Nullable String id,
            DeadLetterFilter filter,
            @Nullable String diedBefore,
            boolean undated) {
        static Search of(DeadLetterFilter filter) {
            return new Search(null, filter, null, true);
        }
    }

    Put put(DeadLetter letter) {
        return Put.values()[
                redis.execute(PUT, keys(), letter.id(), DeadLetterJson.write(letter))
                        .intValue()];
    }

    long size() {
        Long size = redis.opsForList().size(list);
        return size == null ? 0 : size;
    }

    /** Looks in the index, then through the list: an entry may have been taken out and brought back by hand. */
    Optional<Entry> find(String id) {
        String text = redis.execute(FIND, keys(), id);
        return text == null ? search(id) : Optional.of(new Entry(text));
    }

    private Optional<Entry> search(String id) {
        var search = new Search(id, DeadLetterFilter.ANY, null, true);
        for (long place = NEWEST; place > 0; ) {
            var slice = older(place, 1, search);
            if (!slice.entries().isEmpty()) {
                return Optional.of(slice.entries().get(0));
            }
            place = slice.next();
        }
        return Optional.empty();
    }

    /** One slice from {@code place} towards older entries. */
    Slice older(long place, int limit, Search search) {
        return scan(place, "older", limit, search);
    }

    /** One slice from {@code place} towards newer entries. */
    Slice newer(long place, Search search) {
        return scan(place, "newer", SLICE, search);
    }

    private Slice scan(long place, String direction, int limit, Search search) {
        var filter = search.filter();
        var answer = redis.execute(
                SCAN,
                List.of(list),
                Long.toString(place),
                direction,
                Integer.toString(SLICE),
                Integer.toString(limit),
                orAny(search.id()),
                filter.reason() == null ? "" : filter.reason().toString(),
                orAny(filter.channel()),
                orAny(filter.type()),
                orAny(search.diedBefore()),
                Boolean.toString(search.undated()));
        var entries = new ArrayList<Entry>(answer.size() - 1);
        answer.subList(1, answer.size()).forEach(text -> entries.add(new Entry((String) text)));
        return new Slice((Long) answer.get(0), entries);
    }

    /** Removes the entries wherever they are; returns how many still were there. */
    long drop(List<Entry> entries) {
        return drop(0, entries);
    }

    /** Removes entries that a walk found in the slice beginning at {@code place}, without searching for each. */
    long drop(long place, List<Entry> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        var arguments = new ArrayList<String>();
        arguments.add(Long.toString(place));
        arguments.add(Integer.toString(SLICE));
        entries.forEach(entry -> arguments.addAll(List.of(entry.letter().id(), entry.text())));
        return redis.execute(DROP, keys(), arguments.toArray());
    }

    /** Id, reason, channel and type of an entry; empty where it has none. */
    record Head(String id, String reason, String channel, String type) {}

    void forEachHead(Consumer<Head> consumer) {
        long place = OLDEST;
        while (place > 0) {
            var answer = redis.execute(HEADS, List.of(list), Long.toString(place), Integer.toString(HEADS_SLICE));
            for (int i = 1; i + 3 < answer.size(); i += 4) {
                consumer.accept(new Head(
                        (String) answer.get(i), (String) answer.get(i + 1), (String) answer.get(i + 2), (String)
                                answer.get(i + 3)));
            }
            place = (Long) answer.get(0);
        }
    }

    /**
     * Forgets up to {@code limit} ids whose entries were taken out of the list by hand. They were never shown; this only
     * gives their memory back.
     */
    int forgetTaken(int limit) {
        Long indexed = redis.opsForHash().size(index);
        if (indexed <= size()) {
            return 0;
        }
        Set<Object> ids = new HashSet<>(redis.opsForHash().keys(index));
        forEachHead(head -> ids.remove(head.id()));
        int forgotten = 0;
        for (Object id : ids.stream().limit(limit).toList()) {
            forgotten += redis.execute(FIND, keys(), id) == null ? 1 : 0;
        }
        return forgotten;
    }

    private List<String> keys() {
        return List.of(list, index);
    }

    private static String orAny(@Nullable String text) {
        return text == null ? "" : text;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static RedisScript<List<Object>> listScript(String name) {
        return (RedisScript) RedisScript.of(text("head") + text(name), List.class);
    }

    private static String text(String name) {
        try {
            return new ClassPathResource("redis/dead-letter-" + name + ".lua")
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
