package dev.mehari.history;

import dev.mehari.redis.RedisAway;
import dev.mehari.security.Redaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Carries events from Redis to PostgreSQL: reads a stream from its beginning, writes, and takes away what was written; of
 * lanes it reads what was put, and notes how far. A crash between the two repeats the write, which changes nothing.
 * PostgreSQL being away makes the events wait, and busy processors do ({@link Pace}). One thread.
 */
final class HistoryWriter implements SmartLifecycle {
    /**
     * How it goes, for health.
     *
     * @param standsBack whether it wrote only a little, because the processors are busy
     */
    record Standing(boolean writes, @Nullable String trouble, long waiting, boolean standsBack) {
        static Standing idle(@Nullable String trouble, long waiting) {
            return new Standing(false, trouble, waiting, false);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(HistoryWriter.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    private static final Duration ANOTHER_WRITES = Duration.ofSeconds(5);
    /** While nothing moves; the lease is twice as long. */
    private static final Duration NOTHING_MOVES = Duration.ofSeconds(10);

    private static final Duration STOP = Duration.ofSeconds(10);
    /** A start is quicker than PostgreSQL's; that is no news. */
    private static final Duration SAID_AFTER = Duration.ofSeconds(10);

    /** What nobody told of is found by then: a node of an older version, a call that was lost. */
    private static final Duration LOOK_ALL_THE_SAME = Duration.ofSeconds(30);

    private static final Duration CHANNELS_ANEW = Duration.ofMinutes(2);
    /** What is under way is copied by each collection of the heap: a thousand took 10 to 20 ms, a hundred take 3. */
    private static final int CHUNK = 100;

    private static final int LARGE = 1024 * 1024;

    private final Database database;
    private final EventStreams streams;
    private final WriterLease lease;
    private final LaneTables lanes;
    private final RecordTables records;
    private final DeliverySteps steps;
    private final Pace pace;
    private final Duration writeEvery;
    private final Counter written;
    private final Counter unwritable;

    private volatile Standing standing = Standing.idle("PostgreSQL is not reached yet", 0);
    private volatile boolean running;
    private @Nullable Thread thread;
    private final Set<String> channels = new TreeSet<>();
    private long foundAt = System.nanoTime() - CHANNELS_ANEW.toNanos();
    /** Whether something was added to what waits since the last look began. */
    private volatile boolean moved;

    private long lookedAt = System.nanoTime();
    private long troubleSince = System.nanoTime();
    private boolean said;
    private int chunk = CHUNK;

    HistoryWriter(
            Database database,
            EventStreams streams,
            WriterLease lease,
            LaneTables lanes,
            RecordTables records,
            DeliverySteps steps,
            Pace pace,
            Duration writeEvery,
            MeterRegistry meters) {
        this.database = database;
        this.streams = streams;
        this.lease = lease;
        this.lanes = lanes;
        this.records = records;
        this.steps = steps;
        this.pace = pace;
        this.writeEvery = writeEvery;
        this.written = Counter.builder("mehari.history.written")
                .description("Events and records written to PostgreSQL")
                .register(meters);
        this.unwritable = Counter.builder("mehari.history.unwritable")
                .description("Events and records PostgreSQL refused, written without their content or not at all")
                .register(meters);
        Gauge.builder("mehari.history.waiting", () -> standing.waiting())
                .description("Events and records that wait in Redis to be written")
                .register(meters);
    }

    Standing standing() {
        return standing;
    }

    @Override
    public void start() {
        if (database.enabled() && !running) {
            running = true;
            thread = Thread.ofPlatform().name("history-writer").daemon().start(this::work);
        }
    }

    @Override
    public void stop() {
        running = false;
        var worker = thread;
        if (worker != null) {
            LockSupport.unpark(worker);
            try {
                worker.join(STOP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** To be called for all that this process adds to what waits, by any thread: the next look comes soon. */
    void moved() {
        if (!moved) {
            moved = true;
            LockSupport.unpark(thread);
        }
    }

    /** To be called when another node, which does not write, has said the same of itself. */
    void movedElsewhere() {
        if (standing.writes()) {
            moved();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void work() {
        while (running) {
            rest(round());
        }
        try {
            lease.giveUp();
        } catch (RedisAway away) {
            LOG.debug("The lease ends by itself", away);
        }
    }

    /** Until it is time, or something has moved, but never less than is usual: what comes together is written together. */
    private void rest(Duration atMost) {
        long begin = System.nanoTime();
        while (running) {
            boolean sooner = moved && standing.trouble() == null && atMost.compareTo(writeEvery) > 0;
            var rest = sooner ? writeEvery : atMost;
            long left = rest.toNanos() - (System.nanoTime() - begin);
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(left);
        }
    }

    /** Writes what waits, up to a limit; answers how long to rest. */
    private Duration round() {
        boolean news = moved;
        moved = false;
        try {
            if (!database.ready()) {
                database.migrate();
                LOG.info("The history is kept in PostgreSQL");
            }
            if (!lease.holdStill()) {
                standing = Standing.idle(null, 0);
                if (news) {
                    streams.tellWriter();
                }
                return ANOTHER_WRITES;
            }
            if (!news && !somethingMayWait()) {
                return NOTHING_MOVES;
            }
            if (writeWhatWaits()) {
                return Duration.ZERO;
            }
            return standing.waiting() > 0 ? writeEvery : NOTHING_MOVES;
        } catch (RuntimeException e) {
            return inTrouble(e);
        }
    }

    private boolean somethingMayWait() {
        return !standing.writes()
                || standing.waiting() > 0
                || System.nanoTime() - lookedAt >= LOOK_ALL_THE_SAME.toNanos();
    }

    private Duration inTrouble(RuntimeException problem) {
        var trouble =
                problem instanceof RedisAway ? "Redis is away" : "PostgreSQL does not take it: " + reason(problem);
        long now = System.nanoTime();
        troubleSince = standing.trouble() == null ? now : troubleSince;
        if (!said && now - troubleSince > SAID_AFTER.toNanos()) {
            LOG.warn("The history waits; deliveries go on. {}", trouble, problem instanceof RedisAway ? null : problem);
            said = true;
        }
        standing = Standing.idle(trouble, waiting());
        return TRY_AGAIN;
    }

    private static String reason(Throwable problem) {
        var cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var line = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return Redaction.mask(line);
    }

    private long waiting() {
        try {
            return counted(sources(false).keySet()).all();
        } catch (RedisAway away) {
            return standing.waiting();
        }
    }

    private static Pace.Waiting counted(Collection<Source> sources) {
        var some = sources.stream().filter(source -> source.waiting() > 0).toList();
        return new Pace.Waiting(
                some.stream().mapToLong(Source::waiting).sum(),
                some.stream().filter(Source::bounded).mapToLong(Source::waiting).sum(),
                some.size(),
                System.nanoTime());
    }

    /**
     * Where something waits, and how it is written; the lanes first.
     *
     * @param all whether to look into each lane that holds something, be nothing counted there or not
     */
    private Map<Source, Consumer<List<Entry>>> sources(boolean all) {
        var sources = new LinkedHashMap<Source, Consumer<List<Entry>>>();
        var lanes = streams.puts().of(channels);
        var holding = all ? streams.puts().holding(lanes) : Set.<UntoldPuts.Lane>of();
        for (var lane : lanes) {
            if (lane.count() != 0 || holding.contains(lane)) {
                LaneSource.of(streams.puts(), lane)
                        .forEach(source -> sources.put(source, entries -> writePuts(source.stream(), entries)));
            }
        }
        var keys = channels.stream().map(streams::events).toList();
        var lengths = streams.lengths(Stream.concat(keys.stream(), Stream.of(streams.records()))
                        .toList())
                .iterator();
        for (var channel : channels) {
            add(sources, streams.events(channel), lengths.next(), entries -> writeEvents(channel, entries));
        }
        add(sources, streams.records(), lengths.next(), this::writeRecords);
        return sources;
    }

    private void add(
            Map<Source, Consumer<List<Entry>>> sources, byte[] key, long waiting, Consumer<List<Entry>> write) {
        if (waiting > 0) {
            sources.put(new EventSource(streams, key, waiting), write);
        }
    }

    private boolean writeWhatWaits() {
        lookedAt = System.nanoTime();
        boolean anew = System.nanoTime() - foundAt >= CHANNELS_ANEW.toNanos();
        if (anew) {
            channels.clear();
            channels.addAll(streams.found());
            foundAt = System.nanoTime();
        }
        channels.addAll(streams.configured());
        var sources = sources(anew);
        var counted = counted(sources.keySet());
        long waiting = counted.all();
        var round = new Round(counted, waiting > 0 && streams.hurried());
        var left = EnumSet.noneOf(Left.class);
        sources.forEach((source, write) -> left.add(drain(source, write, round)));
        if (said) {
            said = false;
            LOG.info("The history is written again; {} events had waited", waiting);
        }
        standing = new Standing(true, null, waiting, left.contains(Left.FOR_LATER));
        return left.contains(Left.MORE);
    }

    /**
     * What all sources of a round are written by.
     *
     * @param hurried whether somebody waits for it
     */
    private record Round(Pace.Waiting waiting, boolean hurried) {}

    /** What a round leaves in a source: nothing, more that may be written at once, or more than the busy processors allow. */
    private enum Left {
        NOTHING,
        MORE,
        FOR_LATER
    }

    /**
     * One chunk, so that all sources have their turn. Nobody makes long bodies wait: they would fill Redis' memory; nor what
     * somebody waits for.
     */
    private Left drain(Source source, Consumer<List<Entry>> write, Round round) {
        if (!running) {
            return Left.FOR_LATER;
        }
        long begin = System.nanoTime();
        boolean freely = round.hurried() || chunk < CHUNK;
        long share = freely ? Pace.ALL : pace.share(round.waiting());
        int asked = (int) Math.min(chunk, share);
        var entries = source.read(asked);
        if (!entries.isEmpty()) {
            write.accept(entries);
            source.written(entries);
            written.increment(entries.size());
            lease.holdStill();
        }
        if (share == Pace.ALL && !freely) {
            var worked = Duration.ofNanos(System.nanoTime() - begin);
            LockSupport.parkNanos(pace.rest(worked, round.waiting()).toNanos());
        }
        if (entries.size() < asked) {
            source.ended();
            return Left.NOTHING;
        }
        chunk = fitting(entries);
        return share == Pace.ALL ? Left.MORE : Left.FOR_LATER;
    }

    /** Long bodies in smaller chunks, so that they fit in memory. */
    private int fitting(List<Entry> entries) {
        long size = entries.stream()
                .flatMap(entry -> entry.fields().values().stream())
                .mapToLong(String::length)
                .sum();
        return size > LARGE ? Math.max(10, chunk / 4) : Math.min(CHUNK, chunk * 2);
    }

    private void writePuts(UntoldPuts.Stream stream, List<Entry> entries) {
        writeEvents(
                stream.channel(),
                read(stream.channel(), entries, entry -> Stream.ofNullable(LaneEvent.ofPut(stream, entry))));
    }

    private void writeEvents(String channel, List<Entry> entries) {
        writeEvents(channel, read(channel, entries, entry -> LaneEvent.of(channel, entry).stream()));
    }

    private void writeEvents(String channel, Stream<LaneEvent> read) {
        var events = read.toList();
        write(events, lanes::write, lanes::writeBare);
        steps.tell(channel, events);
    }

    private Stream<LaneEvent> read(String channel, List<Entry> entries, Function<Entry, Stream<LaneEvent>> read) {
        return entries.stream().flatMap(entry -> {
            try {
                return read.apply(entry);
            } catch (RuntimeException notOurs) {
                unwritable.increment();
                LOG.error(
                        "The event {} of channel {} cannot be read; it is not in the history", entry.place(), channel);
                return Stream.empty();
            }
        });
    }

    private void writeRecords(List<Entry> entries) {
        write(entries, records::write, records::writeBare);
    }

    private interface Write<T> {
        void into(JdbcTemplate jdbc, T what);
    }

    /** All in one step; when PostgreSQL refuses one of them, one by one, and that one without its content. */
    private <T> void write(List<T> all, Write<List<T>> write, Write<T> bare) {
        try {
            database.step(jdbc -> write.into(jdbc, all));
        } catch (RuntimeException e) {
            if (Database.away(e)) {
                throw e;
            }
            all.forEach(one -> writeOne(one, write, bare));
        }
    }

    private <T> void writeOne(T one, Write<List<T>> write, Write<T> bare) {
        try {
            database.step(jdbc -> write.into(jdbc, List.of(one)));
        } catch (RuntimeException e) {
            if (Database.away(e)) {
                throw e;
            }
            unwritable.increment();
            LOG.warn("PostgreSQL refuses one entry ({}); it is kept without its content", reason(e));
            writeOrDrop(one, bare);
        }
    }

    private <T> void writeOrDrop(T one, Write<T> bare) {
        try {
            database.step(jdbc -> bare.into(jdbc, one));
        } catch (RuntimeException e) {
            if (Database.away(e)) {
                throw e;
            }
            LOG.error(
                    "PostgreSQL refuses one entry even without its content ({}); it is not in the history", reason(e));
        }
    }
}
