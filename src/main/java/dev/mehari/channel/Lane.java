package dev.mehari.channel;

import static dev.mehari.redis.RedisScript.bytes;

import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationJson;
import dev.mehari.notification.Priority;
import dev.mehari.redis.Gathering;
import dev.mehari.redis.RedisGate;
import dev.mehari.redis.RedisScript;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The durable queue of one channel: two Redis streams with a consumer group, of which one node is the owner. Every step
 * is one script, so lane, ledger and events cannot disagree after a crash. Thread-safe; the methods that wait throw
 * {@link dev.mehari.redis.RedisAway}.
 */
public class Lane {
    private static final RedisScript PUT = RedisScript.load("lane-put");
    private static final RedisScript TAKE = RedisScript.load("lane-take");
    private static final RedisScript FINISH = RedisScript.load("lane-finish", "lane-told");
    private static final RedisScript EXPIRED = RedisScript.load("lane-expired");
    private static final RedisScript HOLD = RedisScript.load("lane-hold", "lane-told");
    private static final RedisScript ABOUT = RedisScript.load("lane-about");
    private static final RedisScript STATUS = RedisScript.load("lane-status");
    private static final byte[] REMEMBERED = bytes(Duration.ofHours(26).toSeconds());
    private static final byte[] DIVERTED_KEPT = bytes(10_000);
    /** How many puts or ends one script carries: Redis serves nobody else meanwhile. */
    private static final int TOGETHER = 64;

    private static final Long PUT_BEFORE = 0L;
    private static final byte[] NO = bytes("0");
    private static final byte[] YES = bytes("1");
    private static final byte[] NOTHING = bytes("");

    private final String channel;
    private final LaneKeys keys;
    private final LaneSettings settings;
    private final RedisGate redis;
    private final Clock clock;
    private final WakeUp wakeUp;
    private final Runnable moved;
    private final Gathering<Put, Object> puts = new Gathering<>(TOGETHER, this::putAll);
    private final Gathering<End, Object> ends = new Gathering<>(TOGETHER, this::finishAll);
    private final Soon.Group<End, Object> endsSoon;
    private final Expunged expunged = new Expunged();
    private volatile @Nullable Taker taker;
    /** Held by the one worker of this process that delivers from the lane, while it may have something under way. */
    final ReentrantLock workerLock = new ReentrantLock(true);

    /** @param moved is called when this process has put something into the lane, kept or ended it */
    Lane(
            String channel,
            LaneSettings settings,
            RedisGate redis,
            Clock clock,
            WakeUp wakeUp,
            Soon soon,
            Runnable moved) {
        this.channel = channel;
        this.endsSoon = soon.group(TOGETHER, this::finishAll);
        this.keys = LaneKeys.of(settings.keyPrefix(), channel);
        this.settings = settings;
        this.redis = redis;
        this.clock = clock;
        this.wakeUp = wakeUp;
        this.moved = moved;
    }

    public String channel() {
        return channel;
    }

    /**
     * Starts to put a delivery into the lane.
     *
     * @param key what makes it one: the same key within 24 h is put once
     * @param label the type's name in counters, from a bounded set
     * @return true when it was put, false when it had been put before
     */
    CompletionStage<Boolean> put(Notification notification, String key, String label, @Nullable String divertedFrom) {
        var json = NotificationJson.write(notification);
        return puts.add(new Put(notification, json, key, clock.millis(), label, divertedFrom))
                .thenApply(answer -> !answer.equals(PUT_BEFORE));
    }

    private record Put(
            Notification notification,
            byte[] json,
            String key,
            long at,
            String label,
            @Nullable String divertedFrom) {

        LaneEntry entry(String entryId) {
            boolean urgent = notification.priority().urgent();
            return new LaneEntry(
                    urgent,
                    entryId,
                    0,
                    0,
                    LaneEntry.Mark.NONE,
                    0,
                    key,
                    label,
                    at,
                    divertedFrom,
                    notification,
                    json.length);
        }
    }

    /** Whoever delivers from this lane and takes deliveries straight from their put, when nothing stands before them. */
    interface Taker {
        /** How many may come. */
        int room();

        /** They are taken. Called in the order of the puts, in a thread of Redis' connection, which must not wait. */
        void take(List<LaneEntry> entries);

        /** Something may be taken that nobody was told of. Called before the next put. */
        void lost();
    }

    /** @param taker who takes from now on; null for nobody */
    void serve(@Nullable Taker taker) {
        this.taker = taker;
    }

    /** Whether as many puts may go straight to a worker. */
    boolean straight(int count) {
        var to = taker;
        return to != null && to.room() >= count;
    }

    private CompletionStage<List<Object>> putAll(List<Put> puts) {
        var touched =
                new ArrayList<>(List.of(keys.urgent(), keys.lane(), keys.state(), keys.ledger(), keys.expiring()));
        var places = new HashMap<Long, byte[]>();
        var arguments = new ArrayList<byte[]>(6 + 8 * puts.size());
        arguments.add(REMEMBERED);
        arguments.add(bytes(settings.eventsKept()));
        arguments.add(bytes(settings.wakeUpTopic()));
        arguments.add(bytes(channel));
        arguments.add(bytes(settings.node()));
        arguments.add(straight(puts.size()) ? YES : NO);
        for (var put : puts) {
            var notification = put.notification();
            var expiresAt = notification.expiresAt();
            arguments.add(places.computeIfAbsent(LaneKeys.hour(notification.id()), hour -> {
                touched.add(keys.seen(hour));
                return bytes(touched.size());
            }));
            arguments.add(stream(notification.priority().urgent()));
            arguments.add(bytes(put.key()));
            arguments.add(bytes(put.at()));
            arguments.add(bytes(put.label()));
            arguments.add(put.json());
            arguments.add(put.divertedFrom() == null ? NOTHING : bytes(put.divertedFrom()));
            arguments.add(expiresAt == null ? NOTHING : bytes(expiresAt.toEpochMilli()));
        }
        long connections = redis.connections();
        return redis.list(PUT, touched, arguments).whenComplete((answers, problem) -> {
            moved.run();
            // A put without an answer may have been made, and one that travelled over two connections may have been
            // made before.
            boolean sure = problem == null && connections == redis.connections();
            if (!sure || answers.size() > puts.size()) {
                wakeUp.call(channel);
            }
            handOver(puts, answers, sure);
        });
    }

    /** What is handed to nobody stays unfinished in the lane: who looks anew begins with it. */
    private void handOver(List<Put> puts, @Nullable List<Object> answers, boolean sure) {
        var to = taker;
        if (to == null) {
            return;
        }
        if (!sure || answers == null) {
            to.lost();
            return;
        }
        var taken = new ArrayList<LaneEntry>();
        for (int i = 0; i < puts.size(); i++) {
            if (answers.get(i) instanceof byte[] entryId) {
                taken.add(puts.get(i).entry(text(entryId)));
            }
        }
        if (!taken.isEmpty()) {
            to.take(taken);
        }
    }

    /** What a look into the lane found. */
    sealed interface Look {
        record Owned(String by) implements Look {}

        record Paused(String reason) implements Look {}

        record OnHold(long untilMillis) implements Look {}

        /** @param standing how many stand in the lane, all of them taken, so that the next put calls; -1 when more are there */
        record Taken(List<LaneEntry> entries, @Nullable String broken, long standing) implements Look {
            boolean all() {
                return standing >= 0;
            }
        }
    }

    /**
     * Takes up to {@code count} new deliveries, and with {@code anew} all that this lane's owner took before and did not
     * finish, whatever became of him. Urgent ones come first; there may be a few more than asked for.
     *
     * @param deadNode a node that is known to be gone, whose lane may be taken over; empty for none
     */
    Look take(int count, boolean anew, String deadNode) {
        var arguments =
                List.of(bytes(settings.node()), bytes(count), bytes(clock.millis()), bytes(deadNode), anew ? YES : NO);
        var answer = redis.await(redis.list(TAKE, List.of(keys.urgent(), keys.lane(), keys.state()), arguments));
        var detail = text(answer.get(1));
        return switch (text(answer.get(0))) {
            case "owned" -> new Look.Owned(detail);
            case "paused" -> new Look.Paused(detail);
            case "hold" -> new Look.OnHold(Long.parseLong(detail));
            default -> {
                var standing = text(answer.get(2));
                yield new Look.Taken(
                        entries(answer), nullIfEmpty(detail), standing.isEmpty() ? -1 : Long.parseLong(standing));
            }
        };
    }

    /** The same look, that takes nothing. */
    Look gate() {
        var fields = redis.await(redis.commands()
                .hmget(keys.state(), bytes("owner"), bytes("paused"), bytes("hold-until"), bytes("broken")));
        var values = fields.stream()
                .map(field -> text(field.getValueOrElse(NOTHING)))
                .toList();
        var hold = values.get(2).isEmpty() ? 0 : Long.parseLong(values.get(2));
        if (!values.get(0).equals(settings.node())) {
            return new Look.Owned(values.get(0));
        }
        if (!values.get(1).isEmpty()) {
            return new Look.Paused(values.get(1));
        }
        return hold > clock.millis()
                ? new Look.OnHold(hold)
                : new Look.Taken(List.of(), nullIfEmpty(values.get(3)), -1);
    }

    /** Starts to end a delivery: it leaves the lane, ledger and events say how. Safe to repeat. */
    CompletionStage<Object> finish(LaneEntry entry, Settlement.Final end, int attempts, @Nullable AttemptNote note) {
        return ends.add(new End(entry, end, clock.millis(), attempts, AttemptNote.text(note)));
    }

    /** The same for one that nobody waits for, a moment later and with others; as of now, by the clock. */
    CompletionStage<Object> finishSoon(
            LaneEntry entry, Settlement.Final end, int attempts, @Nullable AttemptNote note) {
        return endsSoon.add(new End(entry, end, clock.millis(), attempts, AttemptNote.text(note)));
    }

    private record End(LaneEntry entry, Settlement.Final end, long at, int attempts, String note) {}

    private CompletionStage<List<Object>> finishAll(List<End> ends) {
        var arguments = new ArrayList<byte[]>(2 + 11 * ends.size());
        arguments.add(bytes(settings.eventsKept()));
        arguments.add(DIVERTED_KEPT);
        for (var one : ends) {
            var entry = one.entry();
            arguments.add(stream(entry.urgent()));
            arguments.add(bytes(entry.entryId()));
            arguments.add(bytes(one.end().state()));
            arguments.add(bytes(entry.label()));
            arguments.add(bytes(one.at()));
            arguments.add(bytes(Math.max(0, one.at() - entry.queuedAt())));
            arguments.add(bytes(entry.notification().id()));
            arguments.add(bytes(entry.key()));
            arguments.add(bytes(one.end().detail()));
            arguments.add(bytes(one.attempts()));
            arguments.add(bytes(one.note()));
        }
        var touched = List.of(
                keys.urgent(),
                keys.lane(),
                keys.state(),
                keys.ledger(),
                keys.events(),
                keys.diverted(),
                keys.expiring());
        return redis.list(FINISH, touched, arguments).whenComplete((answers, problem) -> moved.run());
    }

    /** Waits until everything that was started is written down. */
    void await(List<? extends CompletionStage<?>> started) {
        started.forEach(redis::await);
    }

    private static byte[] stream(boolean urgent) {
        return urgent ? NO : YES;
    }

    /**
     * Finds deliveries that nobody wants any more, wherever they stand in the lane and whatever holds it up; some more
     * than asked for. Only the owner finds any.
     *
     * @param expireAfter how long a delivery may wait
     */
    List<LaneEntry> expired(Duration expireAfter, int count) {
        long now = clock.millis();
        var arguments = List.of(bytes(settings.node()), bytes(now), bytes(now - expireAfter.toMillis()), bytes(count));
        var lane = List.of(keys.urgent(), keys.lane(), keys.state(), keys.expiring());
        return redis.await(redis.list(EXPIRED, lane, arguments)).stream()
                .map(item -> entry((List<?>) item))
                .toList();
    }

    /** Ends deliveries as expired; one that was ended before stays as it was. */
    void expire(List<LaneEntry> entries) {
        endAll(entries, new Settlement.Expired());
    }

    private void endAll(List<LaneEntry> entries, Settlement.Final end) {
        await(entries.stream()
                .map(entry -> finish(entry, end, entry.attempts(), null))
                .toList());
    }

    Expunged expunged() {
        return expunged;
    }

    /**
     * Suppresses what waits in one of the two streams and is about the recipient, whoever has it in memory.
     *
     * @return how many
     */
    long suppressAbout(String recipient, boolean urgent, int atOnce) {
        long suppressed = 0;
        var stream = urgent ? keys.urgent() : keys.lane();
        var from = "-";
        while (!from.isEmpty()) {
            var arguments =
                    List.of(stream(urgent), bytes(from), bytes(atOnce), NotificationJson.recipientText(recipient));
            var answer = redis.await(redis.list(ABOUT, List.of(stream, keys.state()), arguments));
            var about = answer.subList(1, answer.size()).stream()
                    .map(item -> entry((List<?>) item))
                    .filter(entry -> recipient.equals(entry.notification().recipient()))
                    .toList();
            suppress(about);
            suppressed += about.size();
            var last = text(answer.getFirst());
            from = last.isEmpty() ? "" : "(" + last;
        }
        return suppressed;
    }

    /** Ends deliveries that were taken back; one that was ended before stays as it was. */
    void suppress(List<LaneEntry> entries) {
        endAll(entries, new Settlement.Suppressed("expunged by an operator"));
    }

    /** Keeps deliveries for a later try, all in the same way; those that have gone part of their way are kept alone. Safe to repeat. */
    void hold(List<LaneEntry> entries, Settlement.Hold hold, @Nullable AttemptNote note) {
        var arguments = new ArrayList<byte[]>(List.of(
                bytes(hold.until().toEpochMilli()),
                hold.wholeLane() ? YES : NO,
                bytes(hold.progress(entries.getFirst()).text()),
                bytes(clock.millis()),
                bytes(hold.reason()),
                bytes(settings.eventsKept()),
                bytes(AttemptNote.text(note))));
        for (var entry : entries) {
            arguments.add(bytes(entry.entryId()));
            arguments.add(bytes(entry.notification().id()));
            arguments.add(bytes(entry.key()));
            arguments.add(bytes(entry.attempts() + (hold.attempt() ? 1 : 0)));
        }
        redis.await(redis.integer(HOLD, List.of(keys.state(), keys.events(), keys.urgent(), keys.lane()), arguments));
        moved.run();
    }

    /** How many deliveries the fallback channel took over and nobody has sent again; the oldest beyond 10 000 are forgotten. */
    public long divertedCount() {
        return redis.await(redis.commands().xlen(keys.diverted()));
    }

    /** What the fallback channel took over, oldest first. */
    public List<DivertedDelivery> diverted(int limit) {
        var entries = redis.await(redis.commands().xrange(keys.diverted(), Range.unbounded(), Limit.from(limit)));
        return entries.stream().map(Lane::divertedDelivery).toList();
    }

    private static DivertedDelivery divertedDelivery(StreamMessage<byte[], byte[]> entry) {
        var fields = new HashMap<String, byte[]>();
        entry.getBody().forEach((name, value) -> fields.put(text(name), value));
        return new DivertedDelivery(
                entry.getId(),
                Instant.ofEpochMilli(Long.parseLong(text(fields.get("divertedAt")))),
                text(fields.get("detail")),
                NotificationJson.read(Objects.requireNonNull(fields.get("n"))));
    }

    /** Takes what is about the recipient off the list of what was diverted; answers how many. */
    long forgetDivertedAbout(String recipient) {
        var about = diverted(Integer.MAX_VALUE).stream()
                .filter(one -> recipient.equals(one.notification().recipient()))
                .map(DivertedDelivery::entryId)
                .toArray(String[]::new);
        if (about.length > 0) {
            forgetDiverted(about);
        }
        return about.length;
    }

    /** Takes some off the list of what was diverted. */
    void forgetDiverted(String... entryIds) {
        redis.await(redis.commands().xdel(keys.diverted(), entryIds));
    }

    /** Stops taking until {@link #resume()}; what is under way is finished. Durable. */
    public void pause(String reason) {
        redis.await(redis.commands().hset(keys.state(), bytes("paused"), bytes(reason)));
    }

    /**
     * Stops taking because the destination refuses everything, unless it is paused already. Durable.
     *
     * @return whether that is news
     */
    public boolean pauseOnce(String reason) {
        return redis.await(redis.commands().hsetnx(keys.state(), bytes("paused"), bytes(reason)));
    }

    /**
     * Marks the destination as refusing everything: nothing is sent to it until {@link #resume()}. Durable.
     *
     * @return whether that is news
     */
    public boolean markBroken(String reason) {
        return redis.await(redis.commands().hsetnx(keys.state(), bytes("broken"), bytes(reason)));
    }

    /** Ends a pause, a broken mark and a wait. */
    public void resume() {
        redis.await(redis.commands().hdel(keys.state(), bytes("paused"), bytes("broken"), bytes("hold-until")));
        redis.await(redis.commands().publish(bytes(settings.wakeUpTopic()), bytes(channel)));
    }

    /** Starts to look how the lane stands; one step, so that its numbers belong together. */
    CompletionStage<LaneStatus> look() {
        return redis.list(STATUS, List.of(keys.urgent(), keys.lane(), keys.state(), keys.ledger()), List.of())
                .thenApply(this::status);
    }

    /** How the lane stands now. */
    public LaneStatus status() {
        return redis.await(look());
    }

    private LaneStatus status(List<Object> answer) {
        long oldest = Math.min(putAt(text(answer.get(1))), putAt(text(answer.get(2))));
        var age = oldest == Long.MAX_VALUE ? 0 : Math.max(0, clock.millis() - oldest);
        var ledger = new HashMap<String, Long>();
        fields((List<?>) answer.get(6)).forEach((field, value) -> ledger.put(field, Long.parseLong(text(value))));
        return new LaneStatus(
                (Long) answer.get(0),
                Duration.ofMillis(age),
                nullIfEmpty(text(answer.get(3))),
                nullIfEmpty(text(answer.get(4))),
                Long.parseLong(text(answer.get(5))),
                LaneStatus.LastError.read(text(answer.get(7))),
                ledger);
    }

    /** A stream entry's id starts with the millisecond it was put at, by Redis' own clock. */
    private static long putAt(String entryId) {
        return entryId.isEmpty() ? Long.MAX_VALUE : Long.parseLong(entryId.substring(0, entryId.indexOf('-')));
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static List<LaneEntry> entries(List<Object> answer) {
        var entries = new ArrayList<LaneEntry>();
        for (var item : answer.subList(3, answer.size())) {
            entries.add(entry((List<?>) item));
        }
        return entries;
    }

    private static LaneEntry entry(List<?> item) {
        var fields = fields((List<?>) item.get(5));
        var from = text(fields.get("from"));
        var progress = LaneEntry.Progress.read(text(item.get(4)));
        return new LaneEntry(
                ((Long) item.get(0)) == 0,
                text(item.get(1)),
                Integer.parseInt(text(item.get(2))),
                Long.parseLong(text(item.get(3))),
                progress.mark(),
                progress.sent(),
                text(fields.get("key")),
                text(fields.get("label")),
                Long.parseLong(text(fields.get("at"))),
                from.isEmpty() ? null : from,
                notification(fields),
                fields.getOrDefault("n", NOTHING).length);
    }

    /** What cannot be read as a notification goes its way all the same, as a text for people: it must not stop the lane. */
    private static Notification notification(Map<String, byte[]> fields) {
        try {
            return NotificationJson.read(Objects.requireNonNull(fields.get("n")));
        } catch (UncheckedIOException | NullPointerException unreadable) {
            var id = text(fields.get("key")).split("~", 2)[0];
            return new Notification(
                    id,
                    "system.alert",
                    "A stored message could not be read",
                    text(fields.get("n")),
                    Map.of(),
                    Priority.NORMAL,
                    null,
                    "lane",
                    id,
                    null,
                    Instant.ofEpochMilli(Long.parseLong(text(fields.get("at")))),
                    null,
                    List.of());
        }
    }

    private static Map<String, byte[]> fields(List<?> flat) {
        var fields = new HashMap<String, byte[]>();
        for (int i = 0; i < flat.size(); i += 2) {
            fields.put(text(flat.get(i)), (byte[]) flat.get(i + 1));
        }
        return fields;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : new String((byte[]) value, StandardCharsets.UTF_8);
    }
}
