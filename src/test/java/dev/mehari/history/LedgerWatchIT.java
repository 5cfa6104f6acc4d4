package dev.mehari.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.channel.LaneStatus;
import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationIds;
import dev.mehari.redis.RedisGate;
import dev.mehari.testkit.RealRedis;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerWatchIT {
    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private final Map<String, LaneStatus> lanes = new HashMap<>();
    private final List<Notification> raised = new ArrayList<>();
    private final LedgerWatch watch = watch();
    private final LedgerWatch otherNode = watch();

    @Test
    void aDifference_isRaisedAtTheSecondLook_onceForAllNodes_andAgainAfterItWasWhole() {
        stand("trades", 10, 9, 1);
        look();
        assertThat(raised).isEmpty();

        stand("trades", 10, 7, 1);
        look();
        assertThat(raised).isEmpty();
        look();
        look();
        assertThat(raised).singleElement().satisfies(alarm -> {
            assertThat(alarm.type()).isEqualTo("system.critical");
            assertThat(alarm.text()).startsWith("2 deliveries of channel trades were accepted");
        });

        stand("trades", 10, 9, 1);
        look();
        stand("trades", 10, 10, 2);
        look();
        look();
        assertThat(raised).hasSize(2);
        assertThat(raised.get(1).text()).startsWith("2 deliveries of channel trades ended or wait");
    }

    @Test
    void aDifferenceThatGoesAway_isNoNews() {
        stand("trades", 10, 8, 1);
        look();
        stand("trades", 10, 9, 1);
        look();
        stand("trades", 10, 8, 1);
        look();
        assertThat(raised).isEmpty();
    }

    private void look() {
        watch.look();
        otherNode.look();
    }

    private void stand(String channel, long accepted, long delivered, long depth) {
        var ledger = Map.of("accepted", accepted, "delivered", delivered);
        lanes.put(channel, new LaneStatus(depth, Duration.ZERO, null, null, 0, null, ledger));
    }

    @SuppressWarnings("unchecked")
    private LedgerWatch watch() {
        var gate = new RedisGate(() -> (RedisClusterAsyncCommands<byte[], byte[]>)
                redis.connections().getConnection().getNativeConnection());
        var clock = Clock.systemUTC();
        return new LedgerWatch(
                () -> lanes, new LedgerAlarms(gate, "test:"), raised::add, new NotificationIds(clock), clock);
    }
}
