package dev.mehari.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mehari.notification.Priority;
import dev.mehari.redis.RedisAway;
import dev.mehari.testkit.MutableClock;
import dev.mehari.testkit.RealRedis;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several requests under way at once: order by key, waits of one and of all, and each delivery sent once. */
class ConcurrentWorkerIT {
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
    void severalRequests_areUnderWayAtOnce_andNoMoreThanAllowed() throws Exception {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var all = new CountDownLatch(3);
        for (int i = 0; i < 12; i++) {
            bench.put("a" + i);
        }
        bench.run(SampleChannels.concurrent("trades", 3, null), batch -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            all.countDown();
            await(all);
            now.decrementAndGet();
            WorkerBench.deliver(batch);
        });

        bench.untilEmpty();
        assertThat(most).hasValue(3);
        assertThat(bench.sent).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void eachKey_keepsItsOrder_throughRetries() throws Exception {
        for (int i = 0; i < 10; i++) {
            for (var person : List.of("x", "y", "z")) {
                bench.put(person + i, Priority.NORMAL, person, null);
            }
        }
        Set<String> failedOnce = ConcurrentHashMap.newKeySet();
        bench.run(SampleChannels.concurrent("trades", 4, "recipient"), batch -> {
            var title = batch.entries().get(0).notification().title();
            if (title.endsWith("3") && failedOnce.add(title)) {
                batch.settleAll(bench.hold(Duration.ofMillis(20), true, false));
            } else {
                WorkerBench.deliver(batch);
            }
        });

        bench.untilEmpty();
        for (var person : List.of("x", "y", "z")) {
            assertThat(bench.sent.stream()
                            .filter(title -> title.startsWith(person))
                            .map(title -> title.substring(1)))
                    .containsExactly("0", "1", "2", "3", "3", "4", "5", "6", "7", "8", "9");
        }
    }

    @Test
    void eachValueOfTheData_keepsItsOrder() throws Exception {
        for (int i = 0; i < 10; i++) {
            bench.put("p" + i);
            bench.put("q" + i);
        }
        bench.run(SampleChannels.concurrent("trades", 4, "data.symbol"), WorkerBench::deliver);

        bench.untilEmpty();
        for (var symbol : List.of("p", "q")) {
            assertThat(bench.sent.stream().filter(title -> title.startsWith(symbol)))
                    .isSorted();
        }
    }

    @Test
    void aKeyThatMustWait_letsAllOthersPass_howeverManyOfItWait() throws Exception {
        var mended = new AtomicBoolean();
        for (int i = 10; i < 60; i++) {
            bench.put("x" + i, Priority.NORMAL, "x", null);
        }
        for (int i = 10; i < 40; i++) {
            bench.put("y" + i, Priority.NORMAL, "y", null);
            bench.put("z" + i, Priority.NORMAL, "z", null);
        }
        bench.run(SampleChannels.concurrent("trades", 2, "recipient"), batch -> {
            boolean blocked = batch.entries().get(0).notification().title().startsWith("x");
            if (blocked && !mended.get()) {
                batch.settleAll(bench.hold(Duration.ofMillis(200), true, false));
            } else {
                WorkerBench.deliver(batch);
            }
        });
        WorkerBench.soon().until(() -> bench.status().count("delivered") == 60);

        mended.set(true);
        bench.untilEmpty();
        for (var person : List.of("x", "y", "z")) {
            assertThat(bench.sent.stream()
                            .filter(title -> title.startsWith(person))
                            .distinct())
                    .isSorted();
        }
        assertThat(bench.status().difference()).isZero();
    }

    @Test
    void oneThatMustWait_letsOthersPass() throws Exception {
        var first = new AtomicInteger();
        bench.put("slow");
        bench.run(SampleChannels.concurrent("trades", 2, null), batch -> {
            if (first.getAndIncrement() == 0) {
                batch.settleAll(bench.hold(Duration.ofSeconds(1), true, false));
            } else {
                WorkerBench.deliver(batch);
            }
        });
        WorkerBench.soon().until(() -> bench.sent.size() == 1);
        bench.put("quick");

        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("slow", "quick", "slow");
        assertThat(bench.status().difference()).isZero();
    }

    @Test
    void waitOfTheWholeLane_holdsEveryHand_andTheLongestWins() throws Exception {
        var clock = MutableClock.at("2026-11-20T18:00:00Z");
        bench.close();
        bench = new WorkerBench(redis, "node-a", clock);
        var both = new CountDownLatch(2);
        bench.put("long");
        bench.put("short");
        bench.run(SampleChannels.concurrent("trades", 2, null), batch -> {
            boolean first = both.getCount() > 0;
            both.countDown();
            await(both);
            var title = batch.entries().get(0).notification().title();
            if (!first) {
                WorkerBench.deliver(batch);
            } else if ("long".equals(title)) {
                batch.settleAll(bench.hold(Duration.ofSeconds(30), false, true));
            } else {
                WorkerBench.soon().until(() -> bench.status().holdUntilMillis() > 0);
                batch.settleAll(bench.hold(Duration.ofSeconds(1), false, true));
            }
        });
        WorkerBench.soon().until(() -> bench.sent.size() == 2);
        clock.advance(Duration.ofSeconds(2));
        bench.put("third");
        WorkerBench.soon().during(Duration.ofMillis(500)).until(() -> bench.sent.size() == 2);

        clock.advance(Duration.ofSeconds(29));
        bench.untilEmpty();
        assertThat(bench.sent).hasSize(5);
    }

    @Test
    void resume_endsAWait_ofWhatIsInMemory() throws Exception {
        var clock = MutableClock.at("2026-11-20T18:00:00Z");
        bench.close();
        bench = new WorkerBench(redis, "node-a", clock);
        var first = new AtomicInteger();
        bench.put("a1", Priority.NORMAL, "x", null);
        bench.put("a2", Priority.NORMAL, "x", null);
        bench.run(SampleChannels.concurrent("trades", 2, "recipient"), batch -> {
            if (first.getAndIncrement() == 0) {
                batch.settleAll(new Settlement.Hold(
                        clock.instant().plusSeconds(3600), false, true, LaneEntry.Mark.SINGLE, "429"));
            } else {
                WorkerBench.deliver(batch);
            }
        });
        WorkerBench.soon().until(() -> bench.status().holdUntilMillis() > 0);
        WorkerBench.soon().during(Duration.ofMillis(300)).until(() -> bench.sent.size() == 1);

        bench.lanes.of("trades").resume();
        bench.wakeUp.call("trades");
        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("a1", "a1", "a2");
    }

    @Test
    void retryInMemory_expiresToo() throws Exception {
        var clock = MutableClock.at("2026-11-20T18:00:00Z");
        bench.close();
        bench = new WorkerBench(redis, "node-a", clock);
        bench.put("dated", Priority.NORMAL, null, clock.instant().plusSeconds(10));
        bench.run(
                SampleChannels.concurrent("trades", 2, null),
                batch -> batch.settleAll(bench.hold(Duration.ofSeconds(20), true, false)));
        WorkerBench.soon().until(() -> bench.sent.size() == 1);
        clock.advance(Duration.ofSeconds(21));
        bench.wakeUp.call("trades");

        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("dated");
        assertThat(bench.status().count("expired")).isEqualTo(1);
    }

    @Test
    void heldLane_recordsWhatExpires_inMemoryAndBehind() throws Exception {
        var clock = MutableClock.at("2026-11-20T18:00:00Z");
        bench.close();
        bench = new WorkerBench(redis, "node-a", clock);
        bench.run(
                SampleChannels.concurrent("trades", 2, null),
                batch -> batch.settleAll(bench.hold(Duration.ofHours(2), false, true)));
        for (int i = 0; i < 30; i++) {
            bench.put("a" + i, Priority.NORMAL, null, clock.instant().plusSeconds(i < 29 ? 60 : 9_000));
        }
        WorkerBench.soon().until(() -> bench.status().holdUntilMillis() > 0);
        clock.advance(Duration.ofSeconds(61));

        WorkerBench.soon().until(() -> bench.status().count("expired") == 29);
        assertThat(bench.status().depth()).isEqualTo(1);
        assertThat(bench.status().difference()).isZero();
    }

    @Test
    void pauseByAHand_isSeenByAll_howeverManyWaitInMemory() throws Exception {
        var lane = bench.lanes.of("trades");
        var mended = new AtomicBoolean();
        for (int i = 0; i < 40; i++) {
            bench.put("a" + i);
        }
        bench.run(SampleChannels.concurrent("trades", 2, null), batch -> {
            if (mended.get()) {
                WorkerBench.deliver(batch);
            } else {
                lane.pauseOnce("404");
                batch.settleAll(bench.hold(Duration.ofMillis(100), false, true));
            }
        });
        WorkerBench.soon().until(() -> bench.status().paused() != null);
        WorkerBench.soon().during(Duration.ofMillis(600)).until(() -> bench.sent.size() <= 2);

        mended.set(true);
        lane.resume();
        bench.wakeUp.call("trades");
        bench.untilEmpty();
        assertThat(bench.status().count("delivered")).isEqualTo(40);
    }

    @Test
    void brokenDestination_isKnownToEveryHandAtOnce() throws Exception {
        var foundBroken = new AtomicInteger();
        for (int i = 0; i < 16; i++) {
            bench.put("a" + i);
        }
        bench.run(SampleChannels.concurrent("trades", 2, null), batch -> {
            if (batch.broken() == null) {
                foundBroken.incrementAndGet();
                bench.lanes.of("trades").markBroken("404");
                batch.foundBroken("404");
            }
            batch.settleAll(new Settlement.Diverted("admin", "404"));
        });

        bench.untilEmpty();
        assertThat(foundBroken).hasValueLessThanOrEqualTo(2);
        assertThat(bench.sent).hasSize(16);
    }

    @Test
    void everyDelivery_isSentOnce_thoughRedisComesAndGoes() throws Exception {
        Set<String> twice = Collections.synchronizedSet(new HashSet<>());
        Set<String> once = ConcurrentHashMap.newKeySet();
        bench.run(SampleChannels.concurrent("trades", 4, null), batch -> {
            var title = batch.entries().get(0).notification().title();
            if (!once.add(title)) {
                twice.add(title);
            }
            WorkerBench.deliver(batch);
        });
        for (int i = 0; i < 60; i++) {
            bench.put("a" + i);
            if (i % 20 == 10) {
                int before = bench.redis.failures();
                bench.redis.refuse("lane-take");
                bench.redis.loseAnswersOf("lane-finish");
                WorkerBench.soon().until(() -> bench.redis.failures() > before);
                bench.redis.steady();
            }
        }

        bench.untilEmpty();
        assertThat(twice).isEmpty();
        assertThat(once).hasSize(60);
        assertThat(bench.status().ledger()).containsEntry("delivered", 60L);
    }

    @Test
    void failureWhileExpiring_leavesNothingBehindInMemory() throws Exception {
        var clock = MutableClock.at("2026-11-20T18:00:00Z");
        bench.close();
        bench = new WorkerBench(redis, "node-a", clock);
        bench.put("good");
        bench.put("dated", Priority.NORMAL, null, clock.instant().minusSeconds(1));
        bench.redis.refuse("lane-finish");
        bench.run(SampleChannels.concurrent("trades", 2, null), WorkerBench::deliver);
        WorkerBench.soon().until(() -> bench.redis.failures() >= 1);
        bench.redis.steady();

        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("good");
        assertThat(bench.status().ledger()).containsAllEntriesOf(Map.of("delivered", 1L, "expired", 1L));
    }

    @Test
    void laneThatWasLostAndWonBack_beginsWithWhatTheOtherNodeLeft() throws Exception {
        bench.run(SampleChannels.concurrent("trades", 2, null), WorkerBench::deliver);
        bench.put("a1");
        bench.untilEmpty();
        var other = bench.laneOf("node-b");
        bench.lanes.of("trades").pause("for the test");
        other.take(0, true, "node-a");
        bench.put("a2");
        bench.lanes.of("trades").resume();
        assertThat(((Lane.Look.Taken) other.take(1, true, "")).entries()).hasSize(1);

        bench.deadNodes.add("node-b");
        bench.wakeUp.call("trades");
        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("a1", "a2");
    }

    @Test
    void stoppedRoute_finishesWhatItHasUnderWay_beforeANewOneTakesTheLane() throws Exception {
        var underWay = new CountDownLatch(2);
        var answer = new CountDownLatch(1);
        for (int i = 0; i < 6; i++) {
            bench.put("a" + i);
        }
        bench.run(SampleChannels.concurrent("trades", 2, null), batch -> {
            underWay.countDown();
            await(answer);
            WorkerBench.deliver(batch);
        });
        await(underWay);
        bench.stopRoute();
        bench.run(SampleChannels.ordered("trades", 1), WorkerBench::deliver);
        WorkerBench.soon().during(Duration.ofMillis(300)).until(() -> bench.sent.size() == 2);

        answer.countDown();
        bench.untilEmpty();
        assertThat(bench.sent).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void hand_goesOnWhileItsLastIsWrittenDown_butNotWithinOneKey() throws Exception {
        bench.redis.refuse("lane-finish");
        bench.run(SampleChannels.concurrent("trades", 2, "recipient"), WorkerBench::deliver);
        for (int i = 0; i < 6; i++) {
            bench.put("a" + i, Priority.NORMAL, "user" + i, null);
        }
        bench.put("second", Priority.NORMAL, "user0", null);
        WorkerBench.soon().until(() -> bench.sent.size() == 6);
        assertThat(bench.sent).doesNotContain("second");
        assertThat(bench.status().depth()).isEqualTo(7);

        bench.redis.steady();
        bench.untilEmpty();
        assertThat(bench.sent).hasSize(7).doesNotHaveDuplicates().endsWith("second");
    }

    @Test
    void stoppedRoute_writesDownWhatItEnded_beforeANewOneTakesTheLane() throws Exception {
        bench.redis.refuse("lane-finish");
        bench.run(SampleChannels.concurrent("trades", 2, null), WorkerBench::deliver);
        bench.put("a0");
        bench.put("a1");
        WorkerBench.soon().until(() -> bench.sent.size() == 2);
        bench.stopRoute();
        bench.run(SampleChannels.concurrent("trades", 2, null), WorkerBench::deliver);
        WorkerBench.soon().during(Duration.ofMillis(300)).until(() -> bench.sent.size() == 2);

        bench.redis.steady();
        bench.untilEmpty();
        assertThat(bench.sent).hasSize(2);
    }

    @Test
    void laneThatHoldsNothing_handsWhatComesOverAtOnce_untilItIsPaused() throws Exception {
        bench.close();
        bench = new WorkerBench(redis, "node-a", Clock.systemUTC(), Duration.ofMinutes(1));
        bench.run(SampleChannels.concurrent("trades", 2, null), WorkerBench::deliver);
        untilStraight();
        bench.redis.refuse("lane-take");
        bench.put("a1");
        bench.untilEmpty();
        bench.redis.steady();
        untilStraight();
        bench.lanes.of("trades").pause("for the test");
        bench.put("a2");
        WorkerBench.soon().during(Duration.ofMillis(300)).until(() -> bench.sent.size() == 1);
        bench.lanes.of("trades").resume();
        bench.wakeUp.call("trades");
        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("a1", "a2");
        assertThat(bench.status().difference()).isZero();
    }

    @Test
    void putsWithoutAnAnswer_areDelivered_onceAndBeforeWhatComesLater() throws Exception {
        bench.run(SampleChannels.concurrent("trades", 4, "recipient"), WorkerBench::deliver);
        for (int i = 0; i < 30; i++) {
            untilStraight();
            bench.redis.loseAnswersOf("lane-put");
            var lost = "a" + i;
            assertThatThrownBy(() -> bench.put(lost, Priority.NORMAL, "x", null))
                    .isInstanceOf(RedisAway.class);
            bench.redis.steady();
            bench.put("b" + i, Priority.NORMAL, "x", null);
        }

        bench.untilEmpty();
        var all = IntStream.range(0, 30).boxed().flatMap(i -> Stream.of("a" + i, "b" + i));
        assertThat(bench.sent).containsExactlyElementsOf(all.toList());
    }

    @Test
    void deliveryThatWasHandedToNobody_isFoundByTheNextLook() throws Exception {
        bench.run(SampleChannels.concurrent("trades", 2, null), WorkerBench::deliver);
        untilStraight();
        var forgetful = new Lanes(
                new LaneSettings("test:", "node-a", 0), bench.redis, Clock.systemUTC(), new WakeUp(), type -> type);
        var deaf = new StraightFromPuts(() -> 10, entries -> {});
        deaf.lookEnds(List.of());
        forgetful.of("trades").serve(deaf);
        bench.put("a1");
        bench.untilEmpty();
        forgetful.await(forgetful.put("trades", bench.notification("lost", Priority.NORMAL, null, null), null));

        bench.untilEmpty();
        assertThat(bench.sent).containsExactly("a1", "lost");
    }

    @Test
    void eachKey_keepsItsOrder_howeverOftenTheLaneIsLookedInto() throws Exception {
        bench.run(SampleChannels.concurrent("trades", 4, "recipient"), WorkerBench::deliver);
        var done = new AtomicBoolean();
        var restless = Thread.startVirtualThread(() -> {
            while (!done.get()) {
                bench.wakeUp.call("trades");
                Thread.yield();
            }
        });
        for (int i = 0; i < 300; i++) {
            bench.put(String.valueOf(1000 + i), Priority.NORMAL, "x" + i % 2, null);
        }
        bench.untilEmpty();
        done.set(true);
        restless.join();
        for (int key = 0; key < 2; key++) {
            int rest = key;
            assertThat(bench.sent.stream().filter(title -> Integer.parseInt(title) % 2 == rest))
                    .hasSize(150)
                    .isSorted();
        }
    }

    /** Waits until the worker has looked into the lane and rests. */
    private void untilStraight() {
        WorkerBench.soon().until(() -> bench.lanes.of("trades").straight(1));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
