package dev.mehari.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.channel.LaneEntry.Mark;
import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationIds;
import dev.mehari.notification.Priority;
import dev.mehari.redis.RedisGate;
import dev.mehari.testkit.MutableClock;
import dev.mehari.testkit.NotificationBuilder;
import dev.mehari.testkit.RealRedis;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lane's scripts on a real Redis. */
class LaneIT {
    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-20T18:00:00Z"));
    private final NotificationIds ids = new NotificationIds(clock);
    private final WakeUp wakeUp = new WakeUp();
    private RedisGate gate;
    private Lane lane;

    @BeforeEach
    @SuppressWarnings("unchecked")
    void open() {
        gate = new RedisGate(() -> (RedisClusterAsyncCommands<byte[], byte[]>)
                redis.connections().getConnection().getNativeConnection());
        lane = laneOf("node-a");
    }

    @Test
    void take_keepsTheOrderOfPuts_andLetsUrgentOnesPass() {
        put("one", Priority.NORMAL);
        put("two", Priority.LOW);
        put("three", Priority.CRITICAL);
        put("four", Priority.NORMAL);

        assertThat(titles(taken(lane.take(10, false, "")))).containsExactly("three", "one", "two", "four");
    }

    @Test
    void put_ofTheSameDeliveryTwice_isANoOp_evenAfterItWasDelivered() {
        var notification = notification("once", Priority.NORMAL);
        assertThat(gate.await(lane.put(notification, notification.id(), "other", null)))
                .isTrue();
        assertThat(gate.await(lane.put(notification, notification.id(), "other", null)))
                .isFalse();

        var entry = taken(lane.take(10, false, "")).get(0);
        lane.await(List.of(lane.finish(entry, new Settlement.Delivered("m1"), 1, null)));

        assertThat(gate.await(lane.put(notification, notification.id(), "other", null)))
                .isFalse();
        assertThat(lane.status().depth()).isZero();
        assertThat(lane.status().ledger()).containsEntry("accepted", 1L).containsEntry("delivered", 1L);
    }

    @Test
    void status_tellsTheLastErrorOfTheDestination_andNothingElse() {
        put("one", Priority.NORMAL);
        put("two", Priority.NORMAL);
        var entries = taken(lane.take(10, false, ""));
        var hold = new Settlement.Hold(clock.instant(), false, true, Mark.NONE, "told to wait");
        lane.hold(entries, hold, new AttemptNote("rate-limited", 429, 5));
        assertThat(lane.status().lastError()).isNull();

        lane.hold(
                entries,
                new Settlement.Hold(clock.instant(), true, true, Mark.NONE, "HTTP 503 busy"),
                new AttemptNote("retry", 503, 5));
        assertThat(lane.status().lastError()).isEqualTo(new LaneStatus.LastError(clock.instant(), "HTTP 503 busy"));

        clock.advance(Duration.ofSeconds(1));
        var dead = new Settlement.Dead("HTTP 400");
        gate.await(lane.finish(entries.get(0), dead, 2, new AttemptNote("rejected", 400, 5)));
        gate.await(lane.finish(entries.get(1), new Settlement.Delivered("m"), 2, new AttemptNote("delivered", 204, 5)));
        assertThat(lane.status().lastError()).isEqualTo(new LaneStatus.LastError(clock.instant(), "HTTP 400"));
    }

    @Test
    void aReplay_isANewDelivery_onceForEachMark() {
        var notification = notification("again", Priority.NORMAL);
        gate.await(lane.put(notification, notification.id(), "other", null));
        assertThat(gate.await(lane.put(notification, notification.id() + "~r1", "other", null)))
                .isTrue();
        assertThat(gate.await(lane.put(notification, notification.id() + "~r1", "other", null)))
                .isFalse();
        assertThat(lane.status().depth()).isEqualTo(2);
    }

    @Test
    void whatWasTakenAndNotFinished_isTakenAgainByTheSameNodeAfterARestart_inOrder() {
        put("one", Priority.NORMAL);
        put("two", Priority.NORMAL);
        assertThat(taken(lane.take(1, true, ""))).hasSize(1);

        var restarted = laneOf("node-a");
        assertThat(titles(taken(restarted.take(10, true, "")))).containsExactly("one", "two");
    }

    @Test
    void aLane_belongsToOneNode_untilThatNodeIsGone() {
        put("one", Priority.NORMAL);
        assertThat(taken(lane.take(1, true, ""))).hasSize(1);
        var other = laneOf("node-b");

        assertThat(other.take(1, true, "")).isEqualTo(new Lane.Look.Owned("node-a"));
        assertThat(titles(taken(other.take(1, true, "node-a")))).containsExactly("one");
        assertThat(lane.take(1, true, "")).isEqualTo(new Lane.Look.Owned("node-b"));
    }

    @Test
    void anEntryThatCannotBeRead_doesNotStopTheLane_andKeepsItsText() {
        put("before", Priority.NORMAL);
        redis.template()
                .opsForStream()
                .add(
                        "test:{trades}:lane",
                        Map.of("id", ids.next(), "key", "k", "label", "other", "at", "0", "from", "", "n", "{half"));
        put("after", Priority.NORMAL);

        var entries = taken(lane.take(10, true, ""));
        assertThat(titles(entries)).containsExactly("before", "A stored message could not be read", "after");
        assertThat(entries.get(1).notification().text()).isEqualTo("{half");
    }

    @Test
    void hold_survivesARestart_withItsCountAndItsTime() {
        put("one", Priority.NORMAL);
        var until = clock.instant().plusSeconds(30);
        var first = taken(lane.take(1, true, "")).get(0);
        lane.hold(List.of(first), new Settlement.Hold(until, true, true, Mark.NONE, "503"), null);

        assertThat(laneOf("node-a").take(1, true, "")).isEqualTo(new Lane.Look.OnHold(until.toEpochMilli()));
        clock.advance(Duration.ofSeconds(31));
        var again = taken(laneOf("node-a").take(1, true, "")).get(0);
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.entryId()).isEqualTo(first.entryId());
    }

    @Test
    void hold_ofOneDelivery_leavesTheLaneOpen_andKeepsTimeAndMark() {
        put("bad", Priority.NORMAL);
        put("good", Priority.NORMAL);
        var until = clock.instant().plusSeconds(5);
        var bad = taken(lane.take(1, true, "")).get(0);
        lane.hold(List.of(bad), new Settlement.Hold(until, false, false, Mark.PLAIN, "400"), null);

        var both = taken(lane.take(10, true, ""));
        assertThat(titles(both)).containsExactly("bad", "good");
        assertThat(both.get(0).mark()).isEqualTo(Mark.PLAIN);
        assertThat(both.get(0).attempts()).isZero();
        assertThat(both.get(0).notBefore()).isEqualTo(until.toEpochMilli());
    }

    @Test
    void partsThatArrived_areRememberedThroughLaterHolds() {
        put("long", Priority.NORMAL);
        var entry = taken(lane.take(1, true, "")).get(0);
        assertThat(entry.sent()).isZero();
        lane.hold(List.of(entry), Settlement.Hold.forNextPart(2, "part 2 of 3 is sent"), null);
        entry = taken(laneOf("node-a").take(1, true, "")).get(0);
        assertThat(entry.sent()).isEqualTo(2);

        lane.hold(List.of(entry), new Settlement.Hold(clock.instant(), true, false, Mark.NONE, "503"), null);
        lane.hold(List.of(entry), new Settlement.Hold(clock.instant(), false, false, Mark.PLAIN, "400"), null);
        entry = taken(lane.take(1, true, "")).get(0);
        assertThat(entry.sent()).isEqualTo(2);
        assertThat(entry.mark()).isEqualTo(Mark.PLAIN);
    }

    @Test
    void expired_findsThoseTooOldAndThoseWithATimeOfTheirOwn_andOnlyForTheOwner() {
        put("old", Priority.NORMAL);
        clock.advance(Duration.ofMinutes(50));
        put("young", Priority.NORMAL);
        put("dated", Priority.HIGH, clock.instant().plusSeconds(60));
        clock.advance(Duration.ofMinutes(11));
        assertThat(lane.expired(Duration.ofHours(1), 10)).isEmpty();

        lane.take(0, false, "");
        assertThat(titles(lane.expired(Duration.ofHours(1), 10))).containsExactly("old", "dated");
        assertThat(laneOf("node-b").expired(Duration.ofHours(1), 10)).isEmpty();
        lane.expire(lane.expired(Duration.ofHours(1), 10));
        lane.expire(lane.expired(Duration.ofHours(1), 10));
        assertThat(lane.status().count("expired")).isEqualTo(2);
        assertThat(lane.status().difference()).isZero();
        assertThat(redis.template().hasKey("test:{trades}:expiring")).isFalse();
    }

    @Test
    void finish_twice_countsOnce() {
        put("one", Priority.NORMAL);
        var entry = taken(lane.take(1, true, "")).get(0);
        lane.await(List.of(lane.finish(entry, new Settlement.Dead("gone"), 8, null)));
        lane.await(List.of(lane.finish(entry, new Settlement.Dead("gone"), 8, null)));

        assertThat(lane.status().ledger()).containsEntry("dead", 1L).containsEntry("dead:label", 1L);
        assertThat(lane.status().depth()).isZero();
    }

    @Test
    void aPausedLane_givesNothing_untilItIsResumed() {
        put("one", Priority.NORMAL);
        lane.pause("by an operator");
        assertThat(lane.take(1, true, "")).isEqualTo(new Lane.Look.Paused("by an operator"));
        lane.resume();
        assertThat(taken(lane.take(1, true, ""))).hasSize(1);
    }

    @Test
    void aBrokenMark_comesWithWhatIsTaken() {
        put("one", Priority.NORMAL);
        lane.markBroken("404 Unknown Webhook");
        assertThat(((Lane.Look.Taken) lane.take(1, true, "")).broken()).isEqualTo("404 Unknown Webhook");
    }

    @Test
    void status_ofAnEmptyLane_isAllZero() {
        var status = lane.status();
        assertThat(status.depth()).isZero();
        assertThat(status.oldestAge()).isZero();
        assertThat(status.difference()).isZero();
        assertThat(status.paused()).isNull();
    }

    @Test
    void theLedger_balances_whateverHasHappenedSoFar() {
        for (int i = 0; i < 5; i++) {
            put("n" + i, Priority.NORMAL);
        }
        var entries = taken(lane.take(5, true, ""));
        lane.await(List.of(lane.finish(entries.get(0), new Settlement.Delivered(null), 1, null)));
        lane.await(List.of(lane.finish(entries.get(1), new Settlement.Diverted("admin", "open"), 0, null)));
        lane.await(List.of(lane.finish(entries.get(2), new Settlement.Expired(), 0, null)));
        lane.hold(entries.subList(3, 4), new Settlement.Hold(clock.instant(), true, true, Mark.NONE, "503"), null);

        var status = lane.status();
        assertThat(status.depth()).isEqualTo(2);
        assertThat(status.count("accepted:label")).isEqualTo(5);
        assertThat(status.difference()).isZero();
    }

    @Test
    @Timeout(20)
    void putIntoALaneThatRanEmpty_callsItsWorkerHere_andThroughRedisWhereItIsAnotherNodes() throws Exception {
        var before = calls();
        put("one", Priority.NORMAL);
        assertThat(((Lane.Look.Taken) lane.take(1, false, "")).all()).isFalse();
        assertThat(((Lane.Look.Taken) lane.take(1, false, "")).all()).isTrue();
        put("two", Priority.NORMAL);
        wakeUp.await("trades", Duration.ofMinutes(5));
        assertThat(calls()).isEqualTo(before);

        lane.take(10, false, "");
        var other = laneOf("node-b");
        var notification = notification("four", Priority.NORMAL);
        gate.await(other.put(notification, notification.id(), "label", null));
        assertThat(calls()).isNotEqualTo(before);
    }

    private static String calls() {
        var all = redis.connections().getConnection().serverCommands().info("commandstats");
        return all.entrySet().stream()
                .filter(entry -> entry.getKey().equals("cmdstat_publish"))
                .map(entry -> entry.getValue().toString())
                .findFirst()
                .orElse("");
    }

    private Lane laneOf(String node) {
        return new Lane("trades", new LaneSettings("test:", node, 0), gate, clock, wakeUp, new Soon(), () -> {});
    }

    private void put(String title, Priority priority) {
        put(title, priority, null);
    }

    private void put(String title, Priority priority, @Nullable Instant expiresAt) {
        var notification = notification(title, priority, expiresAt);
        gate.await(lane.put(notification, notification.id(), "label", null));
    }

    private Notification notification(String title, Priority priority) {
        return notification(title, priority, null);
    }

    private Notification notification(String title, Priority priority, @Nullable Instant expiresAt) {
        return NotificationBuilder.of("trade.opened")
                .id(ids.next())
                .title(title)
                .data(Map.of("pnl", 12.5))
                .priority(priority)
                .createdAt(clock.instant())
                .expiresAt(expiresAt)
                .build();
    }

    private static List<LaneEntry> taken(Lane.Look look) {
        return ((Lane.Look.Taken) look).entries();
    }

    private static List<String> titles(List<LaneEntry> entries) {
        return entries.stream().map(entry -> entry.notification().title()).toList();
    }
}
