package dev.mehari.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Group commit: what is asked for while a call is under way goes out together in the next one, so that the busier it is,
 * the less a single one costs, and an idle one waits for nobody. What one thread asks for one after another arrives in
 * that order. Thread-safe, and no caller ever waits for another's lock.
 *
 * @param <A> what is asked for
 * @param <B> its answer
 */
public final class Gathering<A, B> {
    private final Function<List<A>, CompletionStage<List<B>>> call;
    private final int most;
    private final Queue<Waiting<A, B>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean underWay = new AtomicBoolean();

    /**
     * @param most how many go out in one call
     * @param call answers as many as it is given, in their order; fails for all of them alike
     */
    public Gathering(int most, Function<List<A>, CompletionStage<List<B>>> call) {
        this.most = most;
        this.call = call;
    }

    /** Asks for one; it goes out at once, or with the next call. Its answer fails as the call that carried it. */
    public CompletionStage<B> add(A asked) {
        var one = new Waiting<A, B>(asked);
        waiting.add(one);
        if (underWay.compareAndSet(false, true)) {
            letOthersCome();
            next();
        }
        return one.answer();
    }

    /** A request that finds nothing under way lets those go first that are ready to run: what they ask for goes along. */
    private static void letOthersCome() {
        if (Thread.currentThread().isVirtual()) {
            Thread.yield();
        }
    }

    /** Called by whoever holds {@link #underWay}. */
    private void next() {
        var group = Waiting.take(waiting, most);
        while (group.isEmpty()) {
            underWay.set(false);
            // One that was added after the look and before the line above found the call still under way.
            if (waiting.isEmpty() || !underWay.compareAndSet(false, true)) {
                return;
            }
            group = Waiting.take(waiting, most);
        }
        send(group);
    }

    private void send(List<Waiting<A, B>> group) {
        Waiting.ask(group, call).whenComplete((answers, problem) -> {
            if (problem == null) {
                next();
                Waiting.answer(group, answers);
            } else {
                fail(group, problem);
            }
        });
    }

    /** Those who wait fail, too: nobody waits for one time-out after another. */
    private void fail(List<Waiting<A, B>> group, Throwable problem) {
        var all = new ArrayList<>(group);
        for (var one = waiting.poll(); one != null; one = waiting.poll()) {
            all.add(one);
        }
        next();
        Waiting.fail(all, problem);
    }
}
