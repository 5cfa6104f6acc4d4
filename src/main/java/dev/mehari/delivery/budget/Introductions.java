package dev.mehari.delivery.budget;

import dev.mehari.channel.Channel;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has each Discord webhook asked which Discord channel it writes into before the first message goes there, because a
 * limit may be spent by other webhooks of that channel. What comes of it is kept in Redis; a question without an answer
 * is put again after a while, and holds up nothing. Thread-safe.
 */
class Introductions {
    private static final Duration NOT_AGAIN_FOR = Duration.ofMinutes(1);

    private final Plans plans;
    private final AnswerReader reader;
    private final WebhookEnquiry enquiry;
    private final Clock clock;
    /** By host and webhook: until when it is not asked again. */
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    Introductions(Plans plans, AnswerReader reader, WebhookEnquiry enquiry, Clock clock) {
        this.plans = plans;
        this.reader = reader;
        this.enquiry = enquiry;
        this.clock = clock;
    }

    /** The budget that a question is to be taken from; empty when nothing is to be asked. */
    Optional<Plan> due(Channel channel) {
        return plans.enquiry(channel).filter(plan -> asked.getOrDefault(name(plan), 0L) <= clock.millis());
    }

    /** Asks, and remembers what is learnt. */
    void make(Channel channel, Plan plan) {
        asked.put(name(plan), clock.millis() + NOT_AGAIN_FOR.toMillis());
        enquiry.about(channel).filter(answer -> answer.status() == 200).ifPresent(answer -> reader.learn(plan, answer));
    }

    private static String name(Plan plan) {
        return plan.host() + " " + plan.own();
    }
}
