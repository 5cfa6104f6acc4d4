package dev.mehari.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.channel.LaneEntry.Mark;
import dev.mehari.notification.Priority;
import dev.mehari.testkit.MutableClock;
import dev.mehari.testkit.RealRedis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One request under way at a time: order, neighbours, pauses, and what a crash or an absent Redis must not change. */
class OrderedWorkerIT {
    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private WorkerBench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new WorkerBench(redis, "node-a", Clock.systemUTC());
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void backlog_sharesRequests_inOrder_urgentFirst() throws Exception {
        bench.put("a1");
        bench.put("a2");
        bench.put("a3");
        bench.put("now", Priority.CRITICAL, null, null);
        bench.run(SampleChannels.ordered("trades", 3), WorkerBench::deliver);

        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("now+a1+a2", "a3");
    }

    @Test
    void failure_isTriedAgainBeforeWhatCameLater_andCounted() throws Exception {
        var attempts = Collections.synchronizedList(new ArrayList<Integer>());
        bench.put("a1");
        bench.put("a2");
        bench.run(SampleChannels.ordered("trades", 1), batch -> {
            attempts.add(batch.entries().get(0).attempts());
            if (attempts.size() <= 2) {
                batch.settleAll(bench.hold(Duration.ofMillis(5), true, true));
            } else {
                WorkerBench.deliver(batch);
            }
        });

        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("a1", "a1", "a1", "a2");
        assertThat(attempts).containsExactly(0, 1, 2, 0);
    }

    @Test
    void markedDelivery_goesAlone() throws Exception {
        bench.put("a1");
        bench.put("a2");
        bench.put("a3");
        var first = new AtomicInteger();
        bench.run(SampleChannels.ordered("trades", 10), batch -> {
            if (first.getAndIncrement() == 0) {
                batch.settleAll(new Settlement.Hold(Instant.now(), false, false, Mark.SINGLE, "400"));
            } else {
                WorkerBench.deliver(batch);
            }
        });

        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("a1+a2+a3", "a1", "a2", "a3");
    }

    @Test
    void pausedLane_sendsNothing_untilResumed() throws Exception {
        bench.lanes.of("trades").pause("by an operator");
        bench.run(SampleChannels.ordered("trades", 1), WorkerBench::deliver);
        bench.put("a1");

        assertThat(bench.status().paused()).isEqualTo("by an operator");
        WorkerBench.soon().during(Duration.ofMillis(300)).until(bench.sent::isEmpty);
        bench.lanes.of("trades").resume();
        bench.wakeUp.call("trades");
        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("a1");
    }

    @Test
    void pausedLane_recordsWhatExpires_whereverItStands() throws Exception {
        var clock = MutableClock.at("2026-11-20T18:00:00Z");
        bench.close();
        bench = new WorkerBench(redis, "node-a", clock);
        bench.lanes.of("trades").pause("by an operator");
        bench.run(SampleChannels.ordered("trades", 10), WorkerBench::deliver);
        bench.put("patient");
        bench.put("dated", Priority.NORMAL, null, clock.instant().plusSeconds(60));
        bench.put("now", Priority.CRITICAL, null, clock.instant().plusSeconds(60));
        bench.put("later", Priority.NORMAL, null, clock.instant().plusSeconds(6_000));
        clock.advance(Duration.ofSeconds(61));
        WorkerBench.soon().until(() -> bench.status().count("expired") == 2);
        assertThat(bench.status().depth()).isEqualTo(2);

        clock.advance(Duration.ofHours(25));
        WorkerBench.soon().until(() -> bench.status().count("expired") == 4);
        bench.untilEmpty();
        assertThat(bench.status().difference()).isZero();
        assertThat(bench.sent).isEmpty();
    }

    /** Or the next put would call nobody, and wait for the look that is only a safety net. */
    @Test
    void laneWhoseLastOneExpired_isMarkedAsIdle() throws Exception {
        var clock = MutableClock.at("2026-11-20T18:00:00Z");
        bench.close();
        bench = new WorkerBench(redis, "node-a", clock, Duration.ofMinutes(10));
        bench.run(SampleChannels.ordered("trades", 10), WorkerBench::deliver);
        WorkerBench.soon().until(OrderedWorkerIT::idle);
        bench.put("dated", Priority.NORMAL, null, clock.instant().minusSeconds(1));

        bench.untilEmpty();
        WorkerBench.soon().until(OrderedWorkerIT::idle);
    }

    private static boolean idle() {
        return redis.template().opsForHash().hasKey("test:{trades}:state", "idle");
    }

    @Test
    void heldLane_recordsWhatExpires() throws Exception {
        var clock = MutableClock.at("2026-11-20T18:00:00Z");
        bench.close();
        bench = new WorkerBench(redis, "node-a", clock);
        bench.run(
                SampleChannels.ordered("trades", 10),
                batch -> batch.settleAll(bench.hold(Duration.ofHours(2), false, true)));
        bench.put("held", Priority.NORMAL, null, clock.instant().plusSeconds(60));
        WorkerBench.soon().until(() -> bench.status().holdUntilMillis() > 0);
        bench.put("behind", Priority.NORMAL, null, clock.instant().plusSeconds(60));
        clock.advance(Duration.ofSeconds(61));

        bench.untilEmpty();
        assertThat(bench.status().count("expired")).isEqualTo(2);
        assertThat(bench.sent).containsExactly("held");
    }

    @Test
    void whatNobodyWantsAnyMore_isRecordedAsExpired_andNotSent() throws Exception {
        var clock = MutableClock.at("2026-11-20T18:00:00Z");
        bench.close();
        bench = new WorkerBench(redis, "node-a", clock);
        bench.put("dated", Priority.NORMAL, null, clock.instant().plusSeconds(60));
        bench.put("patient");
        bench.lanes.of("trades").pause("by an operator");
        clock.advance(Duration.ofSeconds(61));
        bench.lanes.of("trades").resume();
        bench.run(SampleChannels.ordered("trades", 10), WorkerBench::deliver);

        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("patient");
        assertThat(bench.status().count("expired")).isEqualTo(1);
        assertThat(bench.status().difference()).isZero();
    }

    @Test
    void deliveryOfADeadNode_isTakenOver_andALivingOnesIsNot() throws Exception {
        bench.put("a1");
        var other = bench.laneOf("node-b");
        other.take(1, true, "");
        bench.put("a2");
        bench.run(SampleChannels.ordered("trades", 1), WorkerBench::deliver);
        WorkerBench.soon().during(Duration.ofMillis(300)).until(bench.sent::isEmpty);

        bench.deadNodes.add("node-b");
        bench.wakeUp.call("trades");
        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("a1", "a2");
    }

    @Test
    void stoppedRoute_finishesItsRequest_beforeANewOneTakesTheLane() throws Exception {
        var underWay = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        bench.put("a1");
        bench.put("a2");
        bench.run(SampleChannels.ordered("trades", 1), batch -> {
            underWay.countDown();
            await(answer);
            WorkerBench.deliver(batch);
        });
        underWay.await();
        bench.stopRoute();
        bench.run(SampleChannels.ordered("trades", 1), WorkerBench::deliver);
        WorkerBench.soon().during(Duration.ofMillis(300)).until(() -> bench.sent.size() == 1);

        answer.countDown();
        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("a1", "a2");
    }

    @Test
    void deliveredMessage_isNotSentAgain_becauseRedisWasAwayForAMoment() throws Exception {
        bench.put("a1");
        bench.put("a2");
        bench.redis.refuse("lane-finish");
        bench.run(SampleChannels.ordered("trades", 10), WorkerBench::deliver);
        WorkerBench.soon().until(() -> bench.redis.failures() >= 2);
        bench.redis.steady();

        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("a1+a2");
        assertThat(bench.status().count("delivered")).isEqualTo(2);
    }

    @Test
    void attempt_isCountedOnce_thoughTheAnswerOfRedisWasLost() throws Exception {
        var attempts = Collections.synchronizedList(new ArrayList<Integer>());
        bench.put("a1");
        bench.redis.loseAnswersOf("lane-hold");
        bench.run(SampleChannels.ordered("trades", 1), batch -> {
            attempts.add(batch.entries().get(0).attempts());
            if (attempts.size() == 1) {
                batch.settleAll(bench.hold(Duration.ofMillis(1), true, true));
            } else {
                WorkerBench.deliver(batch);
            }
        });
        WorkerBench.soon().until(() -> bench.redis.failures() >= 2);
        bench.redis.steady();

        bench.untilEmpty();
        assertThat(attempts).containsExactly(0, 1);
    }

    @Test
    void workerGoesOn_whenRedisIsBack() throws Exception {
        bench.redis.refuse("lane-take");
        bench.run(SampleChannels.ordered("trades", 1), WorkerBench::deliver);
        bench.put("a1");
        WorkerBench.soon().until(() -> bench.redis.failures() >= 1);
        bench.redis.steady();

        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("a1");
    }

    @Test
    void batchWithoutAnOutcome_isKept_andSpendsNoAttempt() throws Exception {
        var clock = MutableClock.at("2026-11-20T18:00:00Z");
        bench.close();
        bench = new WorkerBench(redis, "node-a", clock);
        var attempts = Collections.synchronizedList(new ArrayList<Integer>());
        bench.put("a1");
        bench.run(SampleChannels.ordered("trades", 1), batch -> {
            attempts.add(batch.entries().get(0).attempts());
            if (attempts.size() == 1) {
                throw new IllegalStateException("a step of the route is wrong");
            }
            WorkerBench.deliver(batch);
        });
        WorkerBench.soon().until(() -> bench.status().holdUntilMillis() > clock.millis());
        assertThat(bench.status().depth()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(6));
        bench.wakeUp.call("trades");
        bench.untilEmpty();
        assertThat(attempts).isEqualTo(List.of(0, 0));
    }

    @Test
    void places_compareAsNumbers() {
        assertThat(OrderedWorker.byPlace("99-1", "100-0")).isNegative();
        assertThat(OrderedWorker.byPlace("100-2", "100-10")).isNegative();
        assertThat(OrderedWorker.byPlace("100-2", "100-2")).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
