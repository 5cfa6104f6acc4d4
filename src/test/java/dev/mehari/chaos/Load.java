package dev.mehari.chaos;

import dev.mehari.testkit.Caller;
import dev.mehari.testkit.Caller.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * One producer a channel, each numbering its messages: it sends the next when the one before got its {@code 202}, and
 * repeats one that got none with its key, as a careful program does.
 */
final class Load implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final Set<Integer> refusals = Collections.newSetFromMap(new ConcurrentHashMap<>());
    private final List<String> withoutRetryAfter = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger accepted = new AtomicInteger();
    private final Supplier<Caller> caller;
    private final int each;

    Load(List<String> channels, int each, Supplier<Caller> caller) {
        this.caller = caller;
        this.each = each;
        channels.forEach(channel -> threads.add(Thread.ofVirtual().start(() -> produce(channel))));
    }

    private void produce(String channel) {
        for (int number = 1; number <= each && !Thread.currentThread().isInterrupted(); ) {
            if (sent(channel, number)) {
                accepted.incrementAndGet();
                number++;
            }
        }
    }

    private boolean sent(String channel, int number) {
        try {
            Answer answer = caller.get().notify("""
                    {"type":"chaos.note","channel":"%s","dedupeKey":"%s-%d","data":{"number":%d}}""".formatted(channel, channel, number, number));
            if (answer.status() != 202) {
                refusals.add(answer.status());
                if (answer.status() == 503 && !answer.headers().containsKey("Retry-After")) {
                    withoutRetryAfter.add(answer.text());
                }
                pause();
            }
            return answer.status() == 202;
        } catch (UncheckedIOException killed) {
            pause();
            return false;
        }
    }

    /** Nobody knocks on a closed door all the time. */
    private static void pause() {
        LockSupport.parkNanos(50_000_000);
    }

    int accepted() {
        return accepted.get();
    }

    /** The statuses other than 202 that were answered. */
    Set<Integer> refusals() {
        return refusals;
    }

    List<String> withoutRetryAfter() {
        return withoutRetryAfter;
    }

    void await() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
