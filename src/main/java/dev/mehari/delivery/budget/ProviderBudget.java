package dev.mehari.delivery.budget;

import dev.mehari.channel.Channel;
import dev.mehari.channel.DeliveryBatch;
import dev.mehari.channel.LaneEntry.Mark;
import dev.mehari.channel.Settlement;
import dev.mehari.delivery.LongestWait;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Outcome.Scope;
import dev.mehari.delivery.ProviderAnswer;
import dev.mehari.delivery.budget.RedisBudgets.Grant;
import dev.mehari.redis.RedisAway;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a batch pass when its provider will take it: the step {@code budget} of {@code routes/delivery.yaml}, before the
 * circuit breaker. A wait spends no attempt; whatever comes into the lane meanwhile goes along. Thread-safe.
 */
public class ProviderBudget {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderBudget.class);

    private final Plans plans;
    private final UnaryOperator<Channel> current;
    private final RedisBudgets budgets;
    private final Pauses pauses;
    private final AnswerReader reader;
    private final Introductions introductions;
    private final RateLimits limits;
    private final Predicate<DeliveryBatch> unsent;
    private final Predicate<DeliveryBatch> full;
    private final Duration patience;
    private final Clock clock;

    /**
     * @param targets where a channel really delivers to
     * @param enquiry asks what a webhook is
     * @param current the channel as it is to be written to now
     * @param unsent tells that the breaker will send nothing, so that nothing is to be waited for
     * @param full tells that nothing more fits into the request
     */
    public ProviderBudget(
            BudgetSettings settings,
            RedisBudgets budgets,
            DiscordChannels discordChannels,
            Function<Channel, URI> targets,
            WebhookEnquiry enquiry,
            UnaryOperator<Channel> current,
            RateLimits limits,
            Predicate<DeliveryBatch> unsent,
            Predicate<DeliveryBatch> full,
            LongestWait longestWait,
            Clock clock) {
        this.plans = new Plans(settings, targets, discordChannels);
        this.current = current;
        this.budgets = budgets;
        this.pauses = new Pauses(budgets, clock);
        this.reader = new AnswerReader(plans, pauses, discordChannels, limits, settings.margin(), longestWait);
        this.introductions = new Introductions(plans, reader, enquiry, clock);
        this.limits = limits;
        this.unsent = unsent;
        this.full = full;
        this.patience = settings.patience();
        this.clock = clock;
    }

    /**
     * How the channel's budgets stand; takes nothing.
     *
     * @throws RedisAway it cannot be asked
     */
    public BudgetState state(Channel channel) {
        return budgets.look(plans.of(current.apply(channel)));
    }

    /** Waits for the provider's budget, on the lane's own thread; ends the route when the batch is not to be sent now. */
    public void acquire(Exchange exchange) {
        var batch = exchange.getProperty(DeliveryBatch.PROPERTY, DeliveryBatch.class);
        if (unsent.test(batch)) {
            return;
        }
        var channel = current.apply(batch.channel());
        if (!introduced(batch, channel)) {
            exchange.setRouteStop(true);
            return;
        }
        var plan = plans.of(channel);
        var request = plan.unlimited() ? "" : UUID.randomUUID().toString();
        if (!admitted(batch, plan, request)) {
            exchange.setRouteStop(true);
            return;
        }
        exchange.setProperty(Reservation.PROPERTY, new Reservation(plan, request));
        batch.topUp();
        if (batch.entries().isEmpty()) {
            exchange.setRouteStop(true);
            unanswered(exchange, false);
        }
    }

    /** @return false when nothing of the batch may be sent any more */
    private boolean introduced(DeliveryBatch batch, Channel channel) {
        var due = introductions.due(channel);
        if (due.isEmpty()) {
            return true;
        }
        var plan = due.get();
        var request = UUID.randomUUID().toString();
        if (!admitted(batch, plan, request)) {
            return false;
        }
        introductions.make(channel, plan);
        safely(() -> budgets.settle(plan, request, true));
        return true;
    }

    private boolean admitted(DeliveryBatch batch, Plan plan, String request) {
        var channel = batch.channel().name();
        long began = System.nanoTime();
        Scope waitedFor = null;
        try {
            for (var grant = ask(batch, plan, request); !grant.granted(); grant = ask(batch, plan, request)) {
                waitedFor = grant.scope() == null ? Scope.CHANNEL : grant.scope();
                limits.waits(channel, waitedFor, grant.delay());
                if (!waited(batch, plan, grant)) {
                    return false;
                }
            }
            limits.over(channel);
            return true;
        } finally {
            if (waitedFor != null) {
                limits.waited(channel, waitedFor, Duration.ofNanos(System.nanoTime() - began));
            }
        }
    }

    private Grant ask(DeliveryBatch batch, Plan plan, String request) {
        if (plan.unlimited()) {
            return pauses.of(plan);
        }
        boolean urgent = batch.entries().getFirst().urgent();
        var grant = budgets.acquire(plan, request, !urgent);
        return grant.spreading() && full.test(batch) ? budgets.acquire(plan, request, false) : grant;
    }

    /** @return false when nothing of the batch may be sent any more */
    private boolean waited(DeliveryBatch batch, Plan plan, Grant grant) {
        if (grant.delay().compareTo(patience) > 0) {
            batch.settleAll(new Settlement.Hold(
                    clock.instant().plus(grant.delay()), false, true, Mark.NONE, reason(plan, grant.scope())));
            return false;
        }
        if (!batch.await(grant.delay())) {
            batch.leave();
            return false;
        }
        batch.topUp();
        return !batch.entries().isEmpty();
    }

    private static String reason(Plan plan, @Nullable Scope scope) {
        return "rate limited by " + plan.host() + (scope == Scope.HOST ? ", all that goes there" : "");
    }

    /** The provider answered: from now on the request counts, and the next ones obey what the answer says. */
    public void answered(Exchange exchange, ProviderAnswer answer, Outcome outcome) {
        end(exchange, true);
        var batch = exchange.getProperty(DeliveryBatch.PROPERTY, DeliveryBatch.class);
        var reservation = exchange.getProperty(Reservation.PROPERTY, Reservation.class);
        if (reservation != null) {
            safely(() -> reader.read(batch.channel(), reservation.plan(), answer, outcome));
        }
    }

    /**
     * There will be no answer. Nothing happens when there was one.
     *
     * @param sent whether the request may have reached the provider; if not, what was taken for it is given back
     */
    public void unanswered(Exchange exchange, boolean sent) {
        end(exchange, sent);
    }

    private void end(Exchange exchange, boolean sent) {
        var reservation = exchange.getProperty(Reservation.PROPERTY, Reservation.class);
        if (reservation != null
                && reservation.ended().compareAndSet(false, true)
                && !reservation.plan().unlimited()) {
            safely(() -> budgets.settle(reservation.plan(), reservation.request(), sent));
        }
    }

    /** What was delivered stays delivered when Redis is away: the request then counts for longer than it need. */
    private static void safely(Runnable note) {
        try {
            note.run();
        } catch (RedisAway away) {
            LOG.debug("A budget was not told: {}", away.getMessage());
        }
    }
}
