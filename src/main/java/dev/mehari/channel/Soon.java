package dev.mehari.channel;

import dev.mehari.redis.Waiting;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * What nobody waits for is asked for two milliseconds later, with all that came meanwhile: of each lane in one call, and of all
 * lanes at the same moment, so that their calls leave together. One thread for all, which sleeps while there is nothing.
 * Thread-safe.
 */
final class Soon {
    private static final long LATER_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Queue<Runnable> told = new ConcurrentLinkedQueue<>();
    private volatile boolean resting;
    private final Thread clock = Thread.ofVirtual().name("soon").start(this::work);

    private void tell(Runnable what) {
        told.add(what);
        if (resting) {
            LockSupport.unpark(clock);
        }
    }

    private void work() {
        while (true) {
            resting = true;
            if (told.isEmpty()) {
                LockSupport.park(this);
            }
            resting = false;
            LockSupport.parkNanos(this, LATER_NANOS);
            for (var what = told.poll(); what != null; what = told.poll()) {
                what.run();
            }
        }
    }

    /**
     * Those that go in one call.
     *
     * @param most how many go out in one call
     * @param call answers as many as it is given, in their order; fails for all of them alike
     */
    <A, B> Group<A, B> group(int most, Function<List<A>, CompletionStage<List<B>>> call) {
        return new Group<>(most, call);
    }

    /**
     * @param <A> what is asked for
     * @param <B> its answer
     */
    final class Group<A, B> {
        private final int most;
        private final Function<List<A>, CompletionStage<List<B>>> call;
        private final Queue<Waiting<A, B>> waiting = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean isToBeCalled = new AtomicBoolean();

        private Group(int most, Function<List<A>, CompletionStage<List<B>>> call) {
            this.most = most;
            this.call = call;
        }

        CompletionStage<B> add(A asked) {
            var one = new Waiting<A, B>(asked);
            waiting.add(one);
            if (isToBeCalled.compareAndSet(false, true)) {
                tell(this::send);
            }
            return one.answer();
        }

        /** Whatever goes wrong, those who asked are told, and the clock goes on. */
        private void send() {
            isToBeCalled.set(false);
            for (var group = next(); !group.isEmpty(); group = next()) {
                send(group);
            }
        }

        private List<Waiting<A, B>> next() {
            return Waiting.take(waiting, most);
        }

        private void send(List<Waiting<A, B>> group) {
            Waiting.ask(group, call).whenComplete((answers, problem) -> {
                if (problem == null) {
                    Waiting.answer(group, answers);
                } else {
                    Waiting.fail(group, problem);
                }
            });
        }
    }
}
