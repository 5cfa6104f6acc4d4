package dev.mehari.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.channel.LaneExpunging.Gone;
import dev.mehari.notification.Priority;
import dev.mehari.testkit.RealRedis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What waits for one recipient is taken back, and the ledger knows. */
class LaneExpungingIT {
    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private WorkerBench bench;
    private LaneExpunging expunging;

    @BeforeEach
    void open() throws Exception {
        bench = new WorkerBench(redis, "node-a", Clock.systemUTC());
        bench.channels.replace(Map.of("trades", SampleChannels.ordered("trades", 1)));
        expunging = new LaneExpunging(bench.channels, bench.lanes, bench.redis, Clock.systemUTC(), "test:");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void whatWaits_isSuppressed_andTheRestIsSent() throws Exception {
        bench.lanes.of("trades").pause("by an operator");
        for (int i = 0; i < 1_100; i++) {
            put("ana " + i, "ana \"the\" one");
        }
        bench.put("urgent", Priority.CRITICAL, "ana \"the\" one", Instant.now().plusSeconds(600));
        put("bob", "bob");
        bench.put("nobody");

        assertThat(expunging.expunge("ana \"the\" one")).isEqualTo(new Gone(1_101, 0));
        assertThat(expunging.expunge("ana \"the\" one")).isEqualTo(new Gone(0, 0));

        assertThat(bench.status().count("suppressed")).isEqualTo(1_101);
        assertThat(bench.status().difference()).isZero();
        bench.lanes.of("trades").resume();
        bench.run(SampleChannels.ordered("trades", 1), WorkerBench::deliver);
        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("bob", "nobody");
    }

    @Test
    void whatAWorkerHasInMemory_isNotSent_andWhatComesLaterIs() throws Exception {
        var sending = new CountDownLatch(1);
        var expunged = new CountDownLatch(1);
        put("a first", "bob");
        put("a taken", "ana");
        put("a taken, too", "ana");
        bench.run(SampleChannels.concurrent("trades", 2, "data.symbol"), batch -> {
            sending.countDown();
            await(expunged);
            WorkerBench.deliver(batch);
        });
        await(sending);

        assertThat(expunging.expunge("ana").deliveries()).isEqualTo(2);
        expunged.countDown();
        bench.untilEmpty();
        put("a later", "ana");
        bench.untilEmpty();

        assertThat(bench.sent).containsExactly("a first", "a later");
        assertThat(bench.status().difference()).isZero();
    }

    @Test
    void whatFailsWhileItIsTakenBack_isNotKept() throws Exception {
        var sending = new CountDownLatch(1);
        var expunged = new CountDownLatch(1);
        put("under way", "ana");
        bench.run(SampleChannels.ordered("trades", 1), batch -> {
            sending.countDown();
            await(expunged);
            batch.settleAll(bench.hold(Duration.ofMillis(1), true, true));
        });
        await(sending);
        expunging.expunge("ana");
        expunged.countDown();
        put("after", "bob");

        WorkerBench.soon().until(() -> bench.sent.contains("after"));
        assertThat(bench.sent).startsWith("under way", "after");
        assertThat(bench.status().count("suppressed")).isEqualTo(1);
        assertThat(redis.template().opsForHash().keys("test:{trades}:state"))
                .filteredOn(field -> field.toString().startsWith("attempts:"))
                .hasSizeLessThan(2);
    }

    @Test
    void whatAFallbackTookOver_isNotOfferedAgain() {
        put("one", "ana");
        put("other", "bob");
        var lane = bench.lanes.of("trades");
        var taken = (Lane.Look.Taken) lane.take(10, true, "");
        var diverted = new Settlement.Diverted("admin", "down");
        lane.await(taken.entries().stream()
                .map(entry -> lane.finish(entry, diverted, 1, null))
                .toList());

        assertThat(expunging.expunge("ana")).isEqualTo(new Gone(0, 1));

        assertThat(lane.diverted(10))
                .extracting(one -> one.notification().title())
                .containsExactly("other");
    }

    private void put(String title, String recipient) {
        bench.put(title, Priority.NORMAL, recipient, null);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
