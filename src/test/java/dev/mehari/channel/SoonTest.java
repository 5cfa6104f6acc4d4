package dev.mehari.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoonTest {
    private final Soon soon = new Soon();
    private final Queue<List<Integer>> calls = new ConcurrentLinkedQueue<>();

    @Test
    void whatIsAskedWhileTheClockIsBusy_goesTogether_eachWithItsAnswer() throws Exception {
        var busy = new CountDownLatch(1);
        var free = new CountDownLatch(1);
        var holding = soon.group(1, (List<String> none) -> {
            busy.countDown();
            return waitFor(free);
        });
        var group = soon.group(3, this::doubled);
        holding.add("hold");
        busy.await();
        var answers = new ArrayList<CompletionStage<Integer>>();
        IntStream.range(0, 5).forEach(i -> answers.add(group.add(i)));
        free.countDown();
        for (int i = 0; i < 5; i++) {
            assertThat(answers.get(i).toCompletableFuture().get()).isEqualTo(2 * i);
        }
        assertThat(calls).containsExactly(List.of(0, 1, 2), List.of(3, 4));
    }

    @Test
    void clock_sleepsAndWakesAgain() throws Exception {
        var group = soon.group(3, this::doubled);
        for (int i = 0; i < 20; i++) {
            assertThat(group.add(i).toCompletableFuture().get()).isEqualTo(2 * i);
        }
        assertThat(calls).hasSize(20);
    }

    @Test
    void callThatFails_failsForAllOfIt_andTheNextIsMade() throws Exception {
        var group = soon.group(3, (List<Integer> asked) -> {
            if (asked.contains(0)) {
                return CompletableFuture.failedFuture(new IllegalStateException("away"));
            }
            if (asked.contains(1)) {
                throw new OutOfMemoryError("never called");
            }
            return doubled(asked);
        });
        assertThatThrownBy(group.add(0).toCompletableFuture()::get).hasRootCauseMessage("away");
        assertThatThrownBy(group.add(1).toCompletableFuture()::get).hasRootCauseMessage("never called");
        assertThat(group.add(2).toCompletableFuture().get()).isEqualTo(4);
    }

    private CompletionStage<List<Integer>> doubled(List<Integer> asked) {
        calls.add(asked);
        return CompletableFuture.completedStage(asked.stream().map(i -> 2 * i).toList());
    }

    private static CompletionStage<List<String>> waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return CompletableFuture.completedStage(List.of(""));
    }
}
