package dev.mehari.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One who asked for something that goes out together with others, and waits for his answer.
 *
 * @param <A> what is asked for
 * @param <B> its answer
 */
public record Waiting<A, B>(A asked, CompletableFuture<B> answer) {
    public Waiting(A asked) {
        this(asked, new CompletableFuture<>());
    }

    /** Takes the first ones out of the queue, at most so many. */
    public static <A, B> List<Waiting<A, B>> take(Queue<Waiting<A, B>> queue, int most) {
        var group = new ArrayList<Waiting<A, B>>();
        for (var one = queue.poll(); one != null; one = group.size() < most ? queue.poll() : null) {
            group.add(one);
        }
        return group;
    }

    /** One call for all of them; whatever goes wrong before there is one, is a failed answer, too. */
    public static <A, B> CompletionStage<List<B>> ask(
            List<Waiting<A, B>> group, Function<List<A>, CompletionStage<List<B>>> call) {
        try {
            return call.apply(group.stream().map(Waiting::asked).toList());
        } catch (RuntimeException | Error problem) {
            return CompletableFuture.failedFuture(problem);
        }
    }

    /** @param answers as many as there are in the group, in their order */
    public static <A, B> void answer(List<Waiting<A, B>> group, List<B> answers) {
        for (int i = 0; i < group.size(); i++) {
            group.get(i).answer().complete(answers.get(i));
        }
    }

    public static <A, B> void fail(List<Waiting<A, B>> group, Throwable problem) {
        group.forEach(one -> one.answer().completeExceptionally(problem));
    }
}
