package dev.mehari.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private final List<List<Integer>> calls = new ArrayList<>();
    private final List<CompletableFuture<List<Integer>>> answers = new ArrayList<>();
    private final Gathering<Integer, Integer> gathering = new Gathering<>(3, this::call);

    private CompletionStage<List<Integer>> call(List<Integer> asked) {
        calls.add(asked);
        var answer = new CompletableFuture<List<Integer>>();
        answers.add(answer);
        return answer;
    }

    private void answer(int call) {
        answers.get(call).complete(calls.get(call).stream().map(one -> one * 10).toList());
    }

    @Test
    void first_goesOutAtOnce_theRestTogether_inOrder_atMostSoMany() {
        var asked = IntStream.range(0, 6)
                .mapToObj(i -> gathering.add(i).toCompletableFuture())
                .toList();
        assertThat(calls).containsExactly(List.of(0));
        answer(0);
        assertThat(asked.get(0)).isCompletedWithValue(0);
        assertThat(calls).containsExactly(List.of(0), List.of(1, 2, 3));
        answer(1);
        answer(2);
        assertThat(calls.get(2)).containsExactly(4, 5);
        assertThat(asked.get(5)).isCompletedWithValue(50);
        gathering.add(7);
        assertThat(calls.get(3)).containsExactly(7);
    }

    @Test
    void failedCall_failsThoseWhoWait_andNotThoseWhoComeLater() {
        var carried = gathering.add(1).toCompletableFuture();
        var waiting = gathering.add(2).toCompletableFuture();
        answers.get(0).completeExceptionally(new RedisAway("gone", new IllegalStateException()));
        assertThat(carried).isCompletedExceptionally();
        assertThat(waiting).isCompletedExceptionally();
        var later = gathering.add(3).toCompletableFuture();
        answer(1);
        assertThat(later).isCompletedWithValue(30);
    }

    @Test
    void callThatThrows_isAFailedAnswer() {
        var broken = new Gathering<Integer, Integer>(3, asked -> {
            throw new RedisAway("gone", new IllegalStateException());
        });
        assertThat(broken.add(1).toCompletableFuture()).isCompletedExceptionally();
        assertThat(broken.add(2).toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void manyThreads_eachGetTheirOwnAnswer_andKeepTheirOrder() throws Exception {
        var order = new ArrayList<Integer>();
        try (var answering = Executors.newSingleThreadExecutor();
                var asking = Executors.newVirtualThreadPerTaskExecutor()) {
            var busy = new Gathering<Integer, Integer>(
                    16,
                    asked -> CompletableFuture.supplyAsync(
                            () -> {
                                order.addAll(asked);
                                return asked;
                            },
                            answering));
            var threads = IntStream.range(0, 20)
                    .mapToObj(thread -> asking.submit(() -> {
                        var answers = IntStream.range(0, 500)
                                .mapToObj(i -> busy.add(thread * 1000 + i).toCompletableFuture())
                                .toList();
                        for (int i = 0; i < 500; i++) {
                            assertThat(answers.get(i).join()).isEqualTo(thread * 1000 + i);
                        }
                    }))
                    .toList();
            for (var thread : threads) {
                thread.get();
            }
        }
        for (int thread = 0; thread < 20; thread++) {
            int mine = thread;
            assertThat(order.stream().filter(one -> one / 1000 == mine))
                    .isSorted()
                    .hasSize(500);
        }
    }
}
