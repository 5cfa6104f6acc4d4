package dev.mehari.delivery;

import dev.mehari.channel.DeliveryBatch;
import dev.mehari.channel.Settlement;
import dev.mehari.delivery.budget.ProviderBudget;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import org.apache.camel.Exchange;

/**
 * Reads a provider's answer and says what it came to. Called from {@code routes/delivery.yaml} inside the circuit
 * breaker: whatever is not a success is thrown, so that the breaker and its fallback see it.
 */
public class AnswerJudge {
    private static final int MOST_BYTES = 64 * 1024;
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
        return new ProviderAnswer(status, headers, body(status, message.getBody()));
    }

    /** Who said that he has the message has it, even when the rest of his answer is lost: to ask again would double it. */
    private static byte[] body(int status, Object body) throws IOException {
        try {
            return body(body);
        } catch (IOException lost) {
            if (status >= 200 && status < 300) {
                return new byte[0];
            }
            throw lost;
        }
    }

    /** Most answers are a word: to make room for the longest each time was a fifth of what a delivery allocated. */
    private static byte[] start(InputStream stream) throws IOException {
        var word = new byte[512];
        int length = stream.readNBytes(word, 0, word.length);
        if (length < word.length) {
            return Arrays.copyOf(word, length);
        }
        var more = stream.readNBytes(MOST_BYTES - length);
        var all = Arrays.copyOf(word, length + more.length);
        System.arraycopy(more, 0, all, length, more.length);
        return all;
    }

    private static byte[] body(Object body) throws IOException {
        if (!(body instanceof InputStream stream)) {
            return body instanceof byte[] bytes ? bytes : new byte[0];
        }
        try (stream) {
            var start = start(stream);
            // A short rest is read to the end, so that the connection can be used again; a long one is not waited for.
            stream.skipNBytes(Math.min(stream.available(), MOST_BYTES));
            return start;
        }
    }
}
