package dev.mehari.deadletter;

import dev.mehari.deadletter.DeadLetterList.Entry;
import dev.mehari.deadletter.DeadLetterList.Put;
import dev.mehari.deadletter.DeadLetterList.Search;
import dev.mehari.security.Redaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dead letters: kept in a Redis list whose {@code LLEN} is their number and whose {@code LRANGE} shows them, newest
 * first. Reading and taking out by hand is allowed: the list is the truth. Thread-safe; errors of Redis are passed on.
 */
public class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int MOST_PROBLEMS = 10;

    private final DeadLetterList letters;
    private final Replayer replayer;
    private final Clock clock;
    private final MeterRegistry meters;

    DeadLetters(DeadLetterList letters, Replayer replayer, Clock clock, MeterRegistry meters) {
        this.letters = letters;
        this.replayer = replayer;
        this.clock = clock;
        this.meters = meters;
        for (DeadReason reason : DeadReason.values()) {
            counted(reason, 0);
        }
    }

    /**
     * Keeps a letter; returns when it stands in Redis. The same letter again changes nothing; another death of the same
     * delivery takes the place of the one before.
     *
     * @return whether this death was not known yet
     */
    public boolean put(DeadLetter letter) {
        var safe = letter.detail() == null ? letter : letter.withDetail(Redaction.mask(letter.detail()));
        boolean news = letters.put(safe) != Put.KNOWN;
        if (news) {
            counted(safe.reason(), 1);
            LOG.warn(
                    "dead-letter id={} reason={} channel={} type={} source={} attempts={} traceId={} detail=\"{}\"",
                    safe.id(),
                    safe.reason(),
                    orDash(safe.channel()),
                    orDash(safe.type()),
                    safe.source(),
                    safe.attempts(),
                    safe.notification() == null ? "-" : safe.notification().traceId(),
                    safe.detail() == null ? "" : Cut.toCharacters(safe.detail().replaceAll("\\s+", " "), 300));
        }
        return news;
    }

    public long size() {
        return letters.size();
    }

    public Optional<DeadLetter> find(String id) {
        return letters.find(id).map(Entry::letter);
    }

    /**
     * A page of the letters, newest first.
     *
     * @param cursor of the page before, or null
     * @param limit at least 1
     * @throws IllegalArgumentException when the cursor is none of ours
     */
    public DeadLetterPage list(DeadLetterFilter filter, @Nullable String cursor, int limit) {
        var search = Search.of(filter);
        var after = Cursor.of(cursor);
        var page = new ArrayList<DeadLetter>();
        long place = after == null ? DeadLetterList.NEWEST : placeAfter(after, search);
        while (place > 0) {
            var slice = letters.older(place, limit - page.size(), search);
            slice.entries().forEach(entry -> page.add(entry.letter()));
            place = slice.next();
            if (page.size() == limit && place > 0) {
                var last = page.get(page.size() - 1).id();
                return new DeadLetterPage(List.copyOf(page), new Cursor(place + 1, last).toString());
            }
        }
        return new DeadLetterPage(List.copyOf(page), null);
    }

    /** The place below the cursor's letter, which moves towards the oldest when older letters leave the list. */
    private long placeAfter(Cursor cursor, Search search) {
        var itself = new Search(cursor.id(), search.filter(), null, true);
        var slice = letters.older(cursor.place(), 1, itself);
        return slice.entries().isEmpty() ? cursor.place() - 1 : slice.next();
    }

    /** How many letters died of what, most first. */
    public List<DeadLetterGroup> groups(DeadLetterFilter filter) {
        Map<DeadLetterGroup, Long> counts = new HashMap<>();
        letters.forEachHead(head -> {
            var kind = new DeadLetterGroup(head.reason(), orNull(head.channel()), orNull(head.type()), 0);
            if (filter.accepts(kind)) {
                counts.merge(kind, 1L, Long::sum);
            }
        });
        return counts.entrySet().stream()
                .map(entry -> entry.getKey().withCount(entry.getValue()))
                .sorted(DeadLetterGroup.MOST_FIRST)
                .toList();
    }

    public long count(DeadLetterFilter filter) {
        return groups(filter).stream().mapToLong(DeadLetterGroup::count).sum();
    }

    /** @return whether the letter was there */
    public boolean delete(String id) {
        return letters.find(id).map(entry -> letters.drop(List.of(entry)) > 0).orElse(false);
    }

    /** Deletes the letters that died before the instant; what others left in the list stays. Returns their number. */
    public long purge(Instant olderThan) {
        var search = new Search(null, DeadLetterFilter.ANY, DeadLetter.stored(olderThan), false);
        return sweep(search, letter -> true);
    }

    /** Deletes the letters about a recipient, also those whose text could only be read as JSON. Returns their number. */
    public long expunge(String recipient) {
        return sweep(new Search(null, DeadLetterFilter.ANY, null, true), letter -> letter.isAbout(recipient));
    }

    /**
     * Tries one letter again: it leaves the list when it stands in its lane.
     *
     * @throws DeadLetterNotFound when it is not there
     * @throws NotReplayable when it cannot be tried again as things are; it stays
     */
    public DeadLetter replay(String id) {
        var entry = letters.find(id).orElseThrow(() -> new DeadLetterNotFound(id));
        replayer.replay(entry.letter());
        letters.drop(List.of(entry));
        LOG.info("dead-letter replayed id={} reason={}", id, entry.letter().reason());
        return entry.letter();
    }

    /**
     * Tries all letters that the filter means and that died before now, oldest first. One that fails stays and does not
     * keep the others; a dry run only counts.
     */
    public ReplayReport replay(DeadLetterFilter filter, boolean dryRun) {
        if (dryRun) {
            return new ReplayReport(count(filter), 0, 0, true, List.of());
        }
        var problems = new LinkedHashSet<String>();
        var failed = new long[1];
        long replayed = sweep(new Search(null, filter, DeadLetter.stored(clock.instant()), true), letter -> {
            try {
                replayer.replay(letter);
                return true;
            } catch (NotReplayable e) {
                failed[0]++;
                if (problems.size() < MOST_PROBLEMS) {
                    problems.add(String.valueOf(e.getMessage()));
                }
                return false;
            }
        });
        LOG.info("dead-letters replayed count={} failed={} filter={}", replayed, failed[0], filter);
        return new ReplayReport(replayed + failed[0], replayed, failed[0], false, List.copyOf(problems));
    }

    /** Walks from the oldest to the newest and takes out what {@code finished} says; returns how many. */
    private long sweep(Search search, Predicate<DeadLetter> finished) {
        long left = 0;
        long place = DeadLetterList.OLDEST;
        while (place > 0) {
            var slice = letters.newer(place, search);
            var done = slice.entries().stream()
                    .filter(entry -> finished.test(entry.letter()))
                    .toList();
            letters.drop(place, done);
            left += done.size();
            // All of them have left their places, even if somebody else took them out first.
            place = slice.next() == 0 ? 0 : slice.next() - done.size();
        }
        return left;
    }

    private void counted(DeadReason reason, int more) {
        Counter.builder("mehari.dead-letters")
                .description("Deliveries given up, by reason")
                .tag("reason", reason.toString())
                .register(meters)
                .increment(more);
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
