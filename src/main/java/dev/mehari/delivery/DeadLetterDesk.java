package dev.mehari.delivery;

import dev.mehari.channel.DeliveryBatch;
import dev.mehari.channel.LaneEntry;
import dev.mehari.channel.Settlement;
import dev.mehari.deadletter.DeadLetter;
import dev.mehari.deadletter.DeadLetters;
import dev.mehari.deadletter.DeadReason;
import dev.mehari.deadletter.Undeliverable;
import dev.mehari.delivery.budget.ProviderBudget;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Where the Dead Letter Channel of the delivery routes leads; called from {@code routes/dead-letter.yaml}. Keeps each
 * delivery that was given up as a dead letter, and only then lets it leave its lane.
 */
public class DeadLetterDesk {
    private final DeadLetters letters;
    private final Verdicts verdicts;
    private final ProviderBudget budget;
    private final Clock clock;

    DeadLetterDesk(DeadLetters letters, Verdicts verdicts, ProviderBudget budget, Clock clock) {
        this.letters = letters;
        this.verdicts = verdicts;
        this.budget = budget;
        this.clock = clock;
    }

    /** Buries what was given up; a route that failed in an unforeseen way gets its deliveries back while attempts are left. */
    public void bury(Exchange exchange) {
        var batch = RequestWriter.batch(exchange);
        budget.unanswered(exchange, true);
        var problem = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (problem instanceof Undeliverable given) {
            batch.open().forEach(entry -> bury(batch, entry, given.reason(), given.getMessage()));
        } else if (problem == null || !verdicts.keepAfterFailure(batch, problem)) {
            batch.open().forEach(entry -> bury(batch, entry, DeadReason.DELIVERY_FAILED, String.valueOf(problem)));
        }
    }

    private void bury(DeliveryBatch batch, LaneEntry entry, DeadReason reason, @Nullable String detail) {
        var letter = DeadLetter.of(
                entry.notification(), batch.channel().name(), reason, detail, entry.attempts() + 1, clock.instant());
        letters.put(entry.divertedFrom() == null ? letter : letter.standingInFor(entry.divertedFrom()));
        batch.settle(entry, new Settlement.Dead(reason + (detail == null ? "" : ": " + detail)));
    }
}
