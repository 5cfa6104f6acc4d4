package dev.mehari.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.testkit.RealRedis;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes come and go with their channels; what is under way is neither lost nor sent twice. */
class DeliveryRoutesIT {
    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private DeliveryBench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new DeliveryBench(
                redis,
                DeliveryBench.channel("trades", null, 1, 3),
                DeliveryBench.channel("signal", null, 1, 3),
                DeliveryBench.channel("admin", null, 1, 3));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void channel_hasItsRoute_itsNodesAndItsBreaker() {
        var route = bench.camel.getRouteDefinition("deliver-trades");
        assertThat(route).isNotNull();
        assertThat(bench.camel.getProcessor("trades-breaker")).isNotNull();
        assertThat(bench.camel.getRegistry().lookupByName("breaker-trades")).isSameAs(bench.breakers.of("trades"));
    }

    @Test
    void edit_touchesChangedChannelsOnly_andKeepsTheBreakersState() throws Exception {
        var signal = bench.camel.getRoute("deliver-signal");
        bench.breakers.of("trades").transitionToOpenState();
        bench.configure(DeliveryBench.channel("trades", null, 5, 3), bench.channels.get("signal"));

        assertThat(bench.camel.getRoute("deliver-signal")).isSameAs(signal);
        assertThat(bench.breakers.open("trades")).isTrue();
        assertThat(bench.camel.getRoute("deliver-admin")).isNull();
    }

    @Test
    void remade_whileARequestIsUnderWay_waitsForIt_andTheOthersGoOn() throws Exception {
        var underWay = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        bench.client.answer("trades", body -> {
            underWay.countDown();
            await(answer);
            return 200;
        });
        bench.put("trades", "one");
        await(underWay);
        var remaking = Thread.ofVirtual().start(this::remake);
        answer.countDown();
        assertThat(remaking.join(java.time.Duration.ofSeconds(20))).isTrue();

        bench.put("trades", "two");
        bench.put("signal", "three");
        bench.untilEnded("trades");
        bench.untilEnded("signal");
        assertThat(bench.client.requests).containsExactlyInAnyOrder("trades: one", "trades: two", "signal: three");
        assertThat(bench.status("trades").count("delivered")).isEqualTo(2);
    }

    private void remake() {
        try {
            bench.routes.remake(Set.of("delivery"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
