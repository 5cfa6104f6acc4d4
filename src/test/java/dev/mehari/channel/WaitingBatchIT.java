package dev.mehari.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.notification.Priority;
import dev.mehari.testkit.MutableClock;
import dev.mehari.testkit.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A batch that waits for its provider's budget, and what happens in its lane meanwhile. */
class WaitingBatchIT {
    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private final MutableClock clock = MutableClock.at("2026-11-20T18:00:00Z");
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch turn = new CountDownLatch(1);
    private final Queue<List<String>> sent = new ConcurrentLinkedQueue<>();
    private WorkerBench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new WorkerBench(redis, "node-a", clock);
    }

    @AfterEach
    void close() {
        turn.countDown();
        bench.close();
    }

    @Test
    void whatComesMeanwhile_joinsIt_upToCoalesce_urgentFirst() throws Exception {
        waits("a1");
        bench.put("a2");
        bench.put("a3");
        bench.put("now", Priority.CRITICAL, null, null);
        turn.countDown();

        bench.untilEmpty();
        assertThat(sent).containsExactly(List.of("now", "a1", "a2"), List.of("a3"));
    }

    @Test
    void whatExpiresMeanwhile_isNotSent() throws Exception {
        bench.put("a2", Priority.NORMAL, null, clock.instant().plusSeconds(30));
        waits("a1");
        clock.advance(Duration.ofSeconds(31));
        turn.countDown();

        bench.untilEmpty();
        assertThat(sent).containsExactly(List.of("a1"));
        assertThat(bench.status().count("expired")).isEqualTo(1);
    }

    @Test
    void pause_whileItWaits_keepsItInTheLane() throws Exception {
        waits("a1");
        bench.lanes.of("trades").pause("by an operator");
        turn.countDown();

        WorkerBench.soon().during(Duration.ofMillis(200)).until(sent::isEmpty);
        bench.lanes.of("trades").resume();
        bench.wakeUp.call("trades");
        bench.untilEmpty();
        assertThat(sent).containsExactly(List.of("a1"));
    }

    @Test
    void stop_endsTheWait_andLeavesTheLaneAsItWas() throws Exception {
        waits("a1");
        bench.stopRoute();
        run();

        turn.countDown();
        bench.untilEmpty();
        assertThat(sent).containsExactly(List.of("a1"));
        assertThat(bench.status().ledger()).containsEntry("delivered", 1L).containsEntry("accepted", 1L);
    }

    private void waits(String title) throws Exception {
        bench.put(title);
        run();
        waiting.await();
    }

    /** Sends as a delivery route does: waits first, and takes along what has come. */
    private void run() throws Exception {
        bench.run(SampleChannels.ordered("trades", 3), batch -> {
            waiting.countDown();
            boolean goesOn;
            do {
                goesOn = batch.await(Duration.ofMillis(20));
            } while (goesOn && turn.getCount() > 0);
            if (!goesOn) {
                batch.leave();
                return;
            }
            batch.topUp();
            if (!batch.entries().isEmpty()) {
                sent.add(batch.entries().stream()
                        .map(entry -> entry.notification().title())
                        .toList());
                WorkerBench.deliver(batch);
            }
        });
    }
}
