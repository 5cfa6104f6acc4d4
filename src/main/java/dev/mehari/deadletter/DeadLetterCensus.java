package dev.mehari.deadletter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** Counts the letters now and then for the gauge, and forgets what was taken out of the list by hand. */
class DeadLetterCensus {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterCensus.class);
    private static final int MOST_FORGOTTEN = 500;

    private final DeadLetterList letters;
    private final AtomicLong waiting = new AtomicLong();

    DeadLetterCensus(DeadLetterList letters, MeterRegistry meters) {
        this.letters = letters;
        Gauge.builder("mehari.dead-letters.waiting", waiting, AtomicLong::doubleValue)
                .description("Dead letters kept at the last count")
                .register(meters);
    }

    @Scheduled(fixedDelayString = "${mehari.dead-letter.sample-every:15s}")
    void count() {
        try {
            waiting.set(letters.size());
            int forgotten = letters.forgetTaken(MOST_FORGOTTEN);
            if (forgotten > 0) {
                LOG.info("dead-letters taken by hand count={}", forgotten);
            }
        } catch (DataAccessException redisAway) {
            LOG.debug("dead letters not counted: {}", redisAway.toString());
        }
    }
}
