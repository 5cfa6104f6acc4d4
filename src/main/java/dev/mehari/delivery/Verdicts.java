package dev.mehari.delivery;

import dev.mehari.channel.Channel;
import dev.mehari.channel.DeliveryBatch;
import dev.mehari.channel.LaneEntry;
import dev.mehari.channel.LaneEntry.Mark;
import dev.mehari.channel.Lanes;
import dev.mehari.channel.Settlement;
import dev.mehari.deadletter.DeadReason;
import dev.mehari.deadletter.Undeliverable;
import dev.mehari.delivery.Outcome.ChannelRejected;
import dev.mehari.delivery.Outcome.Delivered;
import dev.mehari.delivery.Outcome.MessageRejected;
import dev.mehari.delivery.Outcome.Moved;
import dev.mehari.delivery.Outcome.RateLimited;
import dev.mehari.delivery.Outcome.Retry;
import dev.mehari.delivery.budget.ProviderBudget;
import dev.mehari.redis.RedisAway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of deliveries that an attempt did not deliver: kept for another try, sent to the fallback channel,
 * or given up. Called from the {@code onFallback} of {@code routes/delivery.yaml}; DESIGN's table of answers is here and
 * nowhere else. Stateless and thread-safe.
 */
public class Verdicts {
    /** Variable with the deliveries that go to the fallback channel: a list, empty for most. */
    static final String DIVERTED = "diverted";
    /** Variable with the name of the fallback channel. */
    static final String FALLBACK = "fallback";

    private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);

    private static final Duration PAUSE_SEEN = Duration.ofSeconds(1);

    private final Lanes lanes;
    private final Breakers breakers;
    private final DeliveryLog log;
    private final ChannelReports reports;
    private final Moves moves;
    private final ProviderBudget budget;
    private final Clock clock;

    Verdicts(
            Lanes lanes,
            Breakers breakers,
            DeliveryLog log,
            ChannelReports reports,
            Moves moves,
            ProviderBudget budget,
            Clock clock) {
        this.lanes = lanes;
        this.breakers = breakers;
        this.log = log;
        this.reports = reports;
        this.moves = moves;
        this.budget = budget;
        this.clock = clock;
    }

    /** Sets {@code variable.diverted} and {@code variable.fallback}; what is neither diverted nor given up is kept. */
    public void decide(Exchange exchange) {
        var batch = RequestWriter.batch(exchange);
        var attempt = exchange.getProperty(Attempt.PROPERTY, Attempt.class);
        var verdict = verdict(batch, attempt, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        budget.unanswered(exchange, attempt.outcome() != null);
        exchange.setVariable(DIVERTED, verdict.diverted());
        exchange.setVariable(FALLBACK, batch.channel().fallback());
        exchange.setProperty(Verdict.PROPERTY, verdict);
    }

    /** Writes down that the fallback channel has them: called after they stand in its lane. */
    public void confirmDiverted(Exchange exchange) {
        var batch = RequestWriter.batch(exchange);
        var verdict = exchange.getProperty(Verdict.PROPERTY, Verdict.class);
        var to = String.valueOf(batch.channel().fallback());
        for (var entry : verdict.diverted()) {
            batch.settle(entry, new Settlement.Diverted(to, verdict.reason()));
            log.diverted(batch, entry, to, verdict.reason());
        }
    }

    /**
     * The last step of the delivery route, for delivered ones too; they have no verdict.
     *
     * @throws Undeliverable when some of the deliveries are given up; the Dead Letter Channel takes them
     */
    public void giveUp(Exchange exchange) {
        var batch = RequestWriter.batch(exchange);
        var verdict = exchange.getProperty(Verdict.PROPERTY, Verdict.class);
        var reason = verdict == null ? null : verdict.givenUp();
        if (verdict != null && reason != null && !batch.open().isEmpty()) {
            throw new Undeliverable(reason, verdict.reason());
        }
    }

    /**
     * The way for deliveries whose route failed in an unforeseen way. One of many may be the cause: each is tried alone,
     * spends an attempt then, and is kept until there is none left.
     *
     * @return true when they were kept, false when no attempt is left
     */
    public boolean keepAfterFailure(DeliveryBatch batch, Exception problem) {
        var reason = "the delivery route failed: " + problem;
        var open = batch.open();
        if (problem instanceof RedisAway) {
            hold(batch, open, new Retry(reason, null), false);
        } else if (batch.entries().size() > 1) {
            open.forEach(entry ->
                    batch.settle(entry, new Settlement.Hold(clock.instant(), false, false, Mark.SINGLE, reason)));
        } else if (open.stream().anyMatch(entry -> exhausted(entry, batch.channel()))) {
            return false;
        } else {
            hold(batch, open, new Retry(reason, null), true);
        }
        return true;
    }

    private Verdict verdict(DeliveryBatch batch, Attempt attempt, @Nullable Exception problem) {
        var outcome = attempt.outcome();
        if (outcome == null && problem != null) {
            outcome = TransportProblem.meaning(problem);
            LOG.debug("No answer for channel {}", batch.channel().name(), problem);
            attempt.failed(outcome);
        }
        var verdict = outcome == null ? notPermitted(batch) : verdict(batch, outcome);
        if (outcome != null) {
            batch.attempted(attempt.note(word(outcome)));
            log.failed(batch, attempt, word(outcome), verdict.reason(), verdict.word());
        }
        return verdict;
    }

    private Verdict verdict(DeliveryBatch batch, Outcome outcome) {
        return switch (outcome) {
            case Delivered delivered -> throw new IllegalStateException("a delivered batch has no fallback");
            case RateLimited limited -> rateLimited(batch, limited);
            case Retry retry -> failed(batch, retry);
            case ChannelRejected rejected -> channelRejected(batch, rejected);
            case MessageRejected rejected -> messageRejected(batch, rejected);
            case Moved moved -> moved(batch, moved);
        };
    }

    /** The breaker is open: no attempt is spent. */
    private Verdict notPermitted(DeliveryBatch batch) {
        var channel = batch.channel();
        var reason = batch.broken() == null ? "its circuit breaker is open" : "it was rejected: " + batch.broken();
        if (channel.fallback() != null) {
            return Verdict.divert(batch.entries(), reason);
        }
        var pause = Duration.ofMillis(Math.min(channel.breaker().openFor().toMillis(), 1_000));
        batch.settleAll(new Settlement.Hold(in(pause), false, true, Mark.NONE, reason));
        return Verdict.keep(reason);
    }

    private Verdict rateLimited(DeliveryBatch batch, RateLimited limited) {
        var reason = "rate limited for " + limited.delay().toMillis() + " ms";
        batch.settleAll(new Settlement.Hold(in(limited.delay()), false, true, Mark.NONE, reason));
        return Verdict.keep(reason);
    }

    private Verdict failed(DeliveryBatch batch, Retry retry) {
        var channel = batch.channel();
        if (channel.fallback() != null && breakers.open(channel.name())) {
            return Verdict.divert(batch.entries(), retry.reason());
        }
        var spent = batch.entries().stream()
                .filter(entry -> exhausted(entry, channel))
                .toList();
        var rest = new ArrayList<>(batch.entries());
        rest.removeAll(spent);
        hold(batch, rest, retry, true);
        if (spent.isEmpty()) {
            return Verdict.keep(retry.reason());
        }
        return channel.fallback() != null
                ? Verdict.divert(spent, retry.reason())
                : Verdict.giveUp(DeadReason.ATTEMPTS_EXHAUSTED, retry.reason());
    }

    private void hold(DeliveryBatch batch, List<LaneEntry> entries, Retry retry, boolean spendsAttempt) {
        var channel = batch.channel();
        boolean wholeLane = channel.concurrency() == 1;
        for (var entry : entries) {
            var wait = Backoff.after(entry.attempts() + 1, channel.retry(), retry.retryAfter());
            batch.settle(entry, new Settlement.Hold(in(wait), spendsAttempt, wholeLane, Mark.NONE, retry.reason()));
        }
    }

    /** Nothing will work there until somebody mends it: it is not called any more, and that is said once. */
    private Verdict channelRejected(DeliveryBatch batch, ChannelRejected rejected) {
        var channel = batch.channel();
        var lane = lanes.of(channel.name());
        if (channel.fallback() != null) {
            report(lane.markBroken(rejected.reason()), channel, rejected.reason());
            batch.foundBroken(rejected.reason());
            breakers.align(channel.name(), true);
            return Verdict.divert(batch.entries(), rejected.reason());
        }
        report(lane.pauseOnce("rejected: " + rejected.reason()), channel, rejected.reason());
        // Where others are under way, none may ask in vain until the lane's worker has seen the pause.
        boolean others = channel.concurrency() > 1;
        var until = others ? in(PAUSE_SEEN) : clock.instant();
        batch.settleAll(new Settlement.Hold(until, false, others, Mark.NONE, rejected.reason()));
        return Verdict.keep(rejected.reason());
    }

    /** After the mark is durable, so that it is said once; what cannot be said must not change what becomes of deliveries. */
    private void report(boolean news, Channel channel, String reason) {
        if (!news) {
            return;
        }
        LOG.error("channel.rejected channel={} fallback={} reason={}", channel.name(), channel.fallback(), reason);
        try {
            reports.rejected(channel, reason);
        } catch (RuntimeException unsaid) {
            LOG.error("No message says that channel {} is broken", channel.name(), unsaid);
        }
    }

    /** A bad message must not take its neighbours along, and gets a second chance in the plainest form there is. */
    private Verdict messageRejected(DeliveryBatch batch, MessageRejected rejected) {
        var entries = batch.entries();
        var first = entries.get(0);
        if (entries.size() == 1 && first.mark() == Mark.PLAIN) {
            return Verdict.giveUp(DeadReason.MESSAGE_REJECTED, rejected.reason());
        }
        var mark = entries.size() > 1 ? Mark.SINGLE : Mark.PLAIN;
        batch.settleAll(new Settlement.Hold(clock.instant(), false, false, mark, rejected.reason()));
        return Verdict.keep(rejected.reason());
    }

    /** The same message goes to the new place at once; one that was under way while another learnt it, spends an attempt. */
    private Verdict moved(DeliveryBatch batch, Moved moved) {
        var reason = "its " + moved.setting() + " is " + moved.to() + " from now on";
        if (!moves.remember(batch.channel(), moved)) {
            return failed(batch, new Retry(reason + ", and was so before", null));
        }
        batch.settleAll(new Settlement.Hold(clock.instant(), false, true, Mark.NONE, reason));
        return Verdict.keep(reason);
    }

    private static boolean exhausted(LaneEntry entry, Channel channel) {
        return entry.attempts() + 1 >= channel.retry().attempts();
    }

    private Instant in(Duration wait) {
        return clock.instant().plus(wait);
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Delivered delivered -> "delivered";
            case RateLimited limited -> "rate-limited";
            case Retry retry -> "retry";
            case ChannelRejected rejected -> "rejected";
            case MessageRejected rejected -> "rejected";
            case Moved moved -> "retry";
        };
    }

    /**
     * @param diverted what goes to the fallback channel
     * @param givenUp why the rest is given up, or null when it is kept
     */
    private record Verdict(
            List<LaneEntry> diverted, @Nullable DeadReason givenUp, String reason) {
        static final String PROPERTY = "MehariVerdict";

        static Verdict keep(String reason) {
            return new Verdict(List.of(), null, reason);
        }

        static Verdict divert(List<LaneEntry> entries, String reason) {
            return new Verdict(entries, null, reason);
        }

        static Verdict giveUp(DeadReason why, String reason) {
            return new Verdict(List.of(), why, reason);
        }

        String word() {
            return givenUp != null ? "dead" : diverted.isEmpty() ? "keep" : "divert";
        }
    }
}
