package dev.mehari.timetravel;

import dev.mehari.channel.Channel;
import dev.mehari.channel.Channels;
import dev.mehari.channel.ChannelsFile;
import dev.mehari.history.Traffic;
import dev.mehari.problem.ProblemException;
import dev.mehari.reload.Snapshot;
import dev.mehari.routing.DryRouter;
import dev.mehari.routing.DryRouters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Sends past traffic through candidate routes and through those in use, and tells what would go elsewhere. Nothing is put
 * or sent. One journey at a time, on the caller's thread; thread-safe.
 */
public class TimeTravel {
    private static final String CHANNELS = "config/channels.yaml";
    /** Callers wait for the answer. */
    private static final Duration LONGEST = Duration.ofSeconds(45);

    private final Traffic traffic;
    private final DryRouters routers;
    private final Channels channels;
    private final ChannelsFile channelsFile;
    private final Clock clock;
    private final Semaphore seat = new Semaphore(1);

    TimeTravel(Traffic traffic, DryRouters routers, Channels channels, ChannelsFile channelsFile, Clock clock) {
        this.traffic = traffic;
        this.routers = routers;
        this.channels = channels;
        this.channelsFile = channelsFile;
        this.clock = clock;
    }

    /**
     * @param candidate all files of {@code routes/}, and {@code config/channels.yaml} where the channels are to change, too
     * @throws ProblemException the files could not be put in place, with each reason
     * @throws Busy another journey is under way
     * @throws dev.mehari.history.HistoryAway past traffic cannot be read now
     */
    public Differences travel(Map<String, String> candidate, Instant from, Instant to) {
        if (!seat.tryAcquire()) {
            throw new Busy();
        }
        try {
            var named = channels(candidate.get(CHANNELS));
            var texts = new TreeMap<>(candidate);
            texts.remove(CHANNELS);
            var routes = Snapshot.of(texts);
            var problems = routers.check(routes, named);
            if (!problems.isEmpty()) {
                throw new ProblemException(problems);
            }
            try (DryRouter present = routers.openInUse();
                    DryRouter future = routers.open(routes, named)) {
                return compare(present, future, from, to);
            }
        } finally {
            seat.release();
        }
    }

    private Map<String, Channel> channels(@Nullable String text) {
        if (text == null) {
            return channels.all();
        }
        var read = channelsFile.read(CHANNELS, text);
        if (!read.problems().isEmpty()) {
            throw new ProblemException(read.problems());
        }
        return read.channels();
    }

    private Differences compare(DryRouter present, DryRouter future, Instant from, Instant to) {
        var tally = new Tally();
        Instant end = clock.instant().plus(LONGEST);
        var reached = new Instant[] {from};
        traffic.visit(from, to, passed -> {
            tally.add(passed, present.of(passed.notification()), future.of(passed.notification()));
            boolean goOn = clock.instant().isBefore(end);
            reached[0] = goOn ? from : passed.notification().createdAt();
            return goOn;
        });
        Set<String> notCalled = new TreeSet<>(present.notCalled());
        notCalled.addAll(future.notCalled());
        return tally.result(reached[0], to, reached[0].equals(from), notCalled);
    }

    /** One is under way. */
    public static class Busy extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Busy() {
            super("Past traffic is being sent through candidate routes already; ask again when that is done.");
        }
    }
}
