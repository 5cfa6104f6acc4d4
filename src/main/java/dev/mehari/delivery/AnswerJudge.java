package dev.mehari.delivery;

import dev.mehari.channel.DeliveryBatch;
import dev.mehari.channel.Settlement;
import dev.mehari.delivery.budget.ProviderBudget;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import org.apache.camel.Exchange;

/**
 * Reads a provider's answer and says what it came to. Called from {@code routes/delivery.yaml} inside the circuit
 * breaker: whatever is not a success is thrown, so that the breaker and its fallback see it.
 */
public class AnswerJudge {
    private final DeliveryLog log;
    private final ProviderBudget budget;
    private final LongestWait longestWait;

    AnswerJudge(DeliveryLog log, ProviderBudget budget, LongestWait longestWait) {
        this.budget = budget;
        this.log = log;
        this.longestWait = longestWait;
    }

    /** @throws AttemptFailed the provider did not take the message */
    public void judgeAnswer(Exchange exchange) throws IOException {
        var attempt = exchange.getProperty(Attempt.PROPERTY, Attempt.class);
        var batch = RequestWriter.batch(exchange);
        var answer = answer(exchange);
        var outcome = longestWait.bound(attempt.provider().judge(batch.channel(), answer));
        attempt.answered(answer.status(), outcome);
        budget.answered(exchange, answer, outcome);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(null);
        if (!(outcome instanceof Outcome.Delivered delivered)) {
            throw new AttemptFailed(outcome);
        }
        batch.attempted(attempt.note("delivered"));
        int sent = attempt.envelopes().getFirst().sent() + 1;
        int parts = parts(batch, attempt);
        if (sent < parts) {
            var reason = "part " + sent + " of " + parts + " is sent: " + delivered.messageId();
            batch.settleAll(Settlement.Hold.forNextPart(sent, reason));
            log.partDelivered(batch, attempt, sent, parts);
            return;
        }
        batch.settleAll(new Settlement.Delivered(delivered.messageId()));
        log.delivered(batch, attempt);
    }

    private static int parts(DeliveryBatch batch, Attempt attempt) {
        var envelopes = attempt.envelopes();
        return envelopes.size() > 1 ? 1 : attempt.provider().parts(batch.channel(), envelopes.getFirst());
    }

    private static ProviderAnswer answer(Exchange exchange) throws IOException {
        var message = exchange.getMessage();
        var headers = new HashMap<String, String>();
        message.getHeaders().forEach((name, value) -> {
            if (value != null && !name.startsWith("Camel")) {
                headers.put(name.toLowerCase(Locale.ROOT), value.toString());
            }
        });
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        return new ProviderAnswer(status, headers, body(message.getBody()));
    }

    /** At most as much as is ever looked at: the client has read it and keeps no more. */
    private static byte[] body(Object body) throws IOException {
        return body instanceof InputStream stream ? stream.readAllBytes() : new byte[0];
    }
}
