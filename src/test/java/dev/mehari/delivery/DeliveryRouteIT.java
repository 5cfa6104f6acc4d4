package dev.mehari.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.channel.Channel;
import dev.mehari.testkit.RealRedis;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of answers, row by row, through the shipped routes/delivery.yaml and routes/dead-letter.yaml. */
class DeliveryRouteIT {
    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private DeliveryBench bench;

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204})
    void success_isDelivered_andCountsForTheBreaker(int status) throws Exception {
        open(null, 10, 3);
        bench.client.answer("trades", status);
        bench.put("trades", "one");

        bench.untilEnded("trades");
        assertThat(bench.status("trades").count("delivered")).isEqualTo(1);
        assertThat(bench.breakers.of("trades").getMetrics().getNumberOfSuccessfulCalls())
                .isEqualTo(1);
    }

    @Test
    void rateLimit_isWaitedFor_spendsNoAttempt_andIsNotCounted() throws Exception {
        open(null, 10, 1);
        bench.client.answer("trades", 429);
        bench.put("trades", "one");

        assertThat(bench.untilHeld("trades")).isEqualTo(bench.clock.instant().plus(ScriptedProvider.RATE_LIMIT));
        assertThat(bench.breakers.of("trades").getMetrics().getNumberOfBufferedCalls())
                .isZero();
        bench.client.answer("trades", 200);
        bench.pass("trades", ScriptedProvider.RATE_LIMIT.plusMillis(1));
        bench.untilEnded("trades");
        assertThat(bench.status("trades").count("delivered")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 408, 425, 500, 502, 503, 504})
    void failure_isTriedAgainAfterABackOff_andIsDeadWhenNoAttemptIsLeft(int status) throws Exception {
        open(null, 10, 3);
        bench.client.answer("trades", status);
        bench.put("trades", "one");

        for (var wait : new int[] {1, 2}) {
            assertThat(bench.untilHeld("trades"))
                    .isEqualTo(bench.clock.instant().plusSeconds(wait));
            bench.pass("trades", Duration.ofSeconds(wait).plusMillis(1));
        }
        bench.untilEnded("trades");
        assertThat(bench.client.requests).hasSize(3);
        assertThat(bench.breakers.of("trades").getMetrics().getNumberOfFailedCalls())
                .isEqualTo(3);
        assertThat(bench.deadLetters()).singleElement().asString().contains("attempts-exhausted", "\"attempts\":3");
        assertThat(bench.status("trades").count("dead")).isEqualTo(1);
    }

    @Test
    void retryAfter_isHonoured() throws Exception {
        open(null, 10, 3);
        bench.client.retryAfterSeconds = 20;
        bench.client.answer("trades", 503);
        bench.put("trades", "one");
        assertThat(bench.untilHeld("trades")).isEqualTo(bench.clock.instant().plusSeconds(20));
    }

    @Test
    void absurdRetryAfter_isBounded() throws Exception {
        open(null, 10, 3);
        bench.client.retryAfterSeconds = 99_999_999;
        bench.client.answer("trades", 503);
        bench.put("trades", "one");
        assertThat(bench.untilHeld("trades"))
                .isEqualTo(bench.clock.instant().plus(DeliveryBench.LONGEST_WAIT.duration()));
    }

    @Test
    void exhaustedAttempts_goToTheFallback_whereThereIsOne() throws Exception {
        open("admin", 10, 1);
        bench.client.answer("trades", 500);
        bench.put("trades", "one");

        bench.untilEnded("trades");
        bench.untilEnded("admin");
        assertThat(bench.client.requests).containsExactly("trades: one", "admin: one for trades");
        assertThat(bench.status("trades").count("diverted")).isEqualTo(1);
        assertThat(bench.deadLetters()).isEmpty();
    }

    @Test
    void openBreaker_divertsAtOnce_andAsksNobody() throws Exception {
        open("admin", 1, 3);
        bench.breakers.of("trades").transitionToOpenState();
        bench.put("trades", "one");

        bench.untilEnded("trades");
        bench.untilEnded("admin");
        assertThat(bench.client.requests).containsExactly("admin: one for trades");
    }

    @Test
    void openBreaker_withoutAFallback_waits_andSpendsNoAttempt() throws Exception {
        open(null, 1, 1);
        bench.breakers.of("trades").transitionToOpenState();
        bench.put("trades", "one");

        assertThat(bench.untilHeld("trades")).isEqualTo(bench.clock.instant().plusSeconds(1));
        bench.breakers.of("trades").transitionToClosedState();
        bench.pass("trades", Duration.ofSeconds(2));
        bench.untilEnded("trades");
        assertThat(bench.client.requests).containsExactly("trades: one");
        assertThat(bench.status("trades").count("delivered")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410})
    void rejectedChannel_diverts_isAskedNoMore_andIsReportedOnce(int status) throws Exception {
        open("admin", 1, 3);
        bench.client.answer("trades", status);
        bench.reportsFail = true;
        for (var title : new String[] {"one", "two", "three"}) {
            bench.put("trades", title);
        }

        bench.untilEnded("trades");
        bench.untilEnded("admin");
        assertThat(bench.client.requests)
                .containsExactly(
                        "trades: one", "admin: one for trades", "admin: two for trades", "admin: three for trades");
        assertThat(bench.reports).containsExactly("trades: HTTP " + status);
        assertThat(bench.status("trades").broken()).isEqualTo("HTTP " + status);
    }

    /** All hands hear of it in the same moment. */
    @ParameterizedTest
    @ValueSource(strings = {"admin", ""})
    void rejectionsOfManyHandsAtOnce_areReportedOnce(String fallback) throws Exception {
        open(fallback.isEmpty() ? null : fallback, 1, 3);
        bench.lanes.of("trades").pause("until all are there");
        var all = new CyclicBarrier(8);
        bench.client.answer("trades", body -> {
            meet(all);
            return 404;
        });
        bench.configure(bench.channels.all().values().stream()
                .map(channel -> channel.name().equals("trades") ? DeliveryBench.withHands(channel, 8) : channel)
                .toArray(Channel[]::new));
        for (int i = 0; i < 60; i++) {
            bench.put("trades", "n" + i);
        }
        bench.lanes.of("trades").resume();
        bench.wakeUp.call("trades");

        if (fallback.isEmpty()) {
            DeliveryBench.soon().until(() -> bench.status("trades").paused() != null);
            assertThat(bench.status("trades").depth()).isEqualTo(60);
        } else {
            bench.untilEnded("trades");
            bench.untilEnded("admin");
            assertThat(bench.status("trades").count("diverted")).isEqualTo(60);
        }
        DeliveryBench.soon().until(() -> all.getNumberWaiting() == 0 && !bench.reports.isEmpty());
        assertThat(bench.reports).hasSize(1);
        assertThat(bench.client.requests.stream().filter(request -> request.startsWith("trades")))
                .hasSize(8);
    }

    private static void meet(CyclicBarrier all) {
        try {
            all.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            // asked for nothing: the count of requests will tell
        }
    }

    @Test
    void rejectedChannel_withoutAFallback_isPaused_andItsMessagesWait() throws Exception {
        open(null, 1, 1);
        bench.client.answer("trades", 404);
        bench.put("trades", "one");
        bench.put("trades", "two");

        DeliveryBench.soon().until(() -> bench.status("trades").paused() != null);
        assertThat(bench.status("trades").paused()).isEqualTo("rejected: HTTP 404");
        bench.client.answer("trades", 200);
        bench.lanes.of("trades").resume();
        bench.wakeUp.call("trades");
        bench.untilEnded("trades");
        assertThat(bench.client.requests).containsExactly("trades: one", "trades: one", "trades: two");
        assertThat(bench.reports).hasSize(1);
    }

    @Test
    void mendedAddress_givesABrokenChannelAnotherChance() throws Exception {
        open("admin", 1, 3);
        bench.client.answer("trades", 404);
        bench.put("trades", "one");
        bench.untilEnded("trades");
        bench.client.answer("trades", 200);
        var trades = DeliveryBench.channel("trades", "admin", 1, 3);
        bench.configure(
                trades.withUrl(dev.mehari.security.Secret.of("https://example.com/new")), bench.channels.get("admin"));

        bench.put("trades", "two");
        bench.untilEnded("trades");
        assertThat(bench.client.requests).contains("trades: two");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void badMessage_isTriedPlainly_thenDead_andIsNotCounted(int status) throws Exception {
        open("admin", 10, 3);
        bench.client.answer("trades", status);
        bench.put("trades", "one");

        bench.untilEnded("trades");
        assertThat(bench.client.requests).containsExactly("trades: one", "trades: one plainly");
        assertThat(bench.deadLetters()).singleElement().asString().contains("message-rejected");
        assertThat(bench.breakers.of("trades").getMetrics().getNumberOfBufferedCalls())
                .isZero();
    }

    @Test
    void badMessage_takesNoNeighbourAlong() throws Exception {
        open(null, 10, 3);
        bench.lanes.of("trades").pause("until all are there");
        bench.client.answer("trades", body -> body.contains("bad") ? 400 : 200);
        for (var title : new String[] {"one", "bad", "two"}) {
            bench.put("trades", title);
        }
        bench.lanes.of("trades").resume();
        bench.wakeUp.call("trades");

        bench.untilEnded("trades");
        assertThat(bench.client.requests)
                .containsExactly(
                        "trades: one+bad+two", "trades: one", "trades: bad", "trades: bad plainly", "trades: two");
        assertThat(bench.status("trades").ledger())
                .containsEntry("delivered", 2L)
                .containsEntry("dead", 1L);
    }

    @Test
    void partsThatArrived_areNotSentAgain() throws Exception {
        open(null, 10, 3);
        bench.client.answer("trades", body -> body.equals("saga 2") ? 503 : 200);
        bench.put("trades", "saga");
        bench.put("trades", "after");

        bench.untilHeld("trades");
        bench.client.answer("trades", body -> body.equals("saga 3") ? 400 : 200);
        bench.pass("trades", Duration.ofSeconds(2));
        bench.untilEnded("trades");
        assertThat(bench.client.requests)
                .startsWith("trades: saga 1", "trades: saga 2", "trades: saga 2", "trades: saga 3")
                .endsWith("trades: saga 3 plainly", "trades: after")
                .hasSize(6);
        assertThat(bench.status("trades").ledger()).containsEntry("delivered", 2L);
    }

    @Test
    void poison_takesNoNeighbourAlong_andIsDeadAfterItsAttempts() throws Exception {
        open(null, 10, 2);
        bench.lanes.of("trades").pause("until all are there");
        for (var title : new String[] {"one", "poison", "two"}) {
            bench.put("trades", title);
        }
        bench.lanes.of("trades").resume();
        bench.wakeUp.call("trades");

        bench.untilHeld("trades");
        bench.pass("trades", Duration.ofSeconds(2));
        bench.untilEnded("trades");
        assertThat(bench.client.requests).containsExactly("trades: one", "trades: two");
        assertThat(bench.deadLetters()).singleElement().asString().contains("delivery-failed", "poison");
    }

    @Test
    void noHeaderOfOurs_leavesTheHouse() throws Exception {
        open(null, 10, 3);
        bench.put("trades", "one");
        bench.untilEnded("trades");
        assertThat(bench.client.headers)
                .allMatch(name -> !name.toLowerCase(java.util.Locale.ROOT)
                        .matches("camel.*|mehari.*|authorization|breadcrumb.*"));
    }

    private void open(String fallback, int coalesce, int attempts) throws Exception {
        bench = fallback == null
                ? new DeliveryBench(redis, DeliveryBench.channel("trades", null, coalesce, attempts))
                : new DeliveryBench(
                        redis,
                        DeliveryBench.channel("trades", fallback, coalesce, attempts),
                        DeliveryBench.channel(fallback, null, 1, attempts));
    }
}
