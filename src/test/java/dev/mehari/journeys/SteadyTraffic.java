package dev.mehari.journeys;

import static org.awaitility.Awaitility.await;

import dev.mehari.testkit.Caller;
import dev.mehari.testkit.Caller.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** About 250 requests a second until closed: one producer numbers notes to the channel {@code patient}, others knock too. */
final class SteadyTraffic implements AutoCloseable {
    private static final int OTHERS = 7;
    private static final long TICK = 32_000_000;

    private final Caller caller;
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final long start = System.nanoTime();
    private volatile boolean running = true;

    SteadyTraffic(Caller caller) {
        this.caller = caller;
        threads.add(Thread.ofVirtual().start(() -> produce("patient", """
                {"type":"journey.note","channel":"patient","title":"steady %d"}""", sent)));
        for (int i = 0; i < OTHERS; i++) {
            threads.add(Thread.ofVirtual().start(() -> produce("trades", """
                    {"type":"trade.opened","title":"other %d"}""", new AtomicInteger())));
        }
    }

    private void produce(String channel, String note, AtomicInteger counter) {
        for (long next = System.nanoTime(); running; next += TICK) {
            try {
                Answer answer = caller.notify(note.formatted(counter.incrementAndGet()));
                if (answer.status() != 202 || !answer.at("/channels/0").equals(channel)) {
                    failures.add(answer.status() + " " + answer.text());
                }
            } catch (RuntimeException e) {
                failures.add(e.toString());
            }
            requests.incrementAndGet();
            LockSupport.parkNanos(next + TICK - System.nanoTime());
        }
    }

    void awaitMore(int count) {
        int enough = requests.get() + count;
        await().atMost(Duration.ofSeconds(30)).until(() -> requests.get() >= enough);
    }

    /** The number of the last note to {@code patient}. */
    int sent() {
        return sent.get();
    }

    List<String> failures() {
        return failures;
    }

    /** How many requests were made, of all producers. */
    int requests() {
        return requests.get();
    }

    private double rate() {
        return requests.get() / ((System.nanoTime() - start) / 1e9);
    }

    void stop() throws InterruptedException {
        running = false;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Override
    public void close() {
        running = false;
    }

    @Override
    public String toString() {
        return "%d requests, %.0f/s, %d failures".formatted(requests.get(), rate(), failures.size());
    }
}
