package dev.mehari.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.chaos.StormySink.Weather;
import dev.mehari.testkit.Caller;
import dev.mehari.testkit.Gateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Destinations that fail, reset, stall, limit and dawdle at random: whatever was accepted arrives, in order where order was
 * asked for, and the ledger adds up. Longer, or otherwise: {@code -Dmehari.storm.seconds=300 -Dmehari.storm.seed=7}.
 */
class StormIT {
    private static final Duration STORM = Duration.ofSeconds(Integer.getInteger("mehari.storm.seconds", 12));
    private static final long SEED = Long.getLong("mehari.storm.seed", 20261121);
    private static final int PEOPLE = 5;
    private static final List<String> CHANNELS = List.of("ordered", "quick", "covered");

    @TempDir
    Path folder;

    private final StormySink sink = new StormySink(SEED);
    private Gateway gateway;

    @BeforeEach
    void start() {
        gateway = Gateway.in(
                folder,
                "mehari.history.enabled=false",
                "mehari.delivery.response-timeout=1s",
                "mehari.routing.default-channel=ordered");
        gateway.write("config/channels.yaml", """
                defaults:
                  provider: webhook
                  throttle: { requests: 2000, period: 100ms }
                  retry: { attempts: 1000, delay: 50ms, max-delay: 400ms }
                  breaker: { failure-rate: 70, window: 10, minimum-calls: 5, open-for: 500ms }
                channels:
                  ordered: { url: "%s" }
                  quick: { url: "%s", concurrency: 8, order-by: recipient }
                  covered: { url: "%s", concurrency: 4, fallback: standin }
                  standin: { url: "%s" }
                """.formatted(
                        sink.url("ordered"), sink.url("quick"), sink.url("covered"), sink.url("standin")));
        gateway.write("routes/routing.yaml", """
                - route:
                    id: routing
                    from:
                      uri: direct:route
                      steps:
                        - to: channel:ordered
                """);
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        sink.close();
    }

    @Test
    void whateverIsAccepted_arrives_andTheLedgerAddsUp() {
        var caller = gateway.caller();
        long end = System.nanoTime() + STORM.toNanos();
        int sent = 0;
        while (System.nanoTime() < end) {
            sent++;
            for (var channel : CHANNELS) {
                assertThat(notify(caller, channel, sent).status()).isEqualTo(202);
            }
        }
        sink.calm();
        await().atMost(STORM.multipliedBy(10)).until(() -> total(caller, "inFlight") == 0);

        assertThat(sink.met()).as("the storm").containsOnlyKeys(Weather.values());
        assertThat(caller.get("/api/v1/stats").json().at("/balanced").booleanValue())
                .isTrue();
        assertThat(total(caller, "dead") + total(caller, "expired") + total(caller, "suppressed"))
                .isZero();
        // What was diverted is delivered by the channel that stands in.
        assertThat(total(caller, "delivered")).isEqualTo(CHANNELS.size() * (long) sent);
        var all = IntStream.rangeClosed(1, sent).boxed().toList();
        assertThat(sink.firsts("ordered")).isEqualTo(all);
        assertThat(sink.firsts("quick")).containsExactlyInAnyOrderElementsOf(all);
        for (int person = 0; person < PEOPLE; person++) {
            int his = person;
            assertThat(sink.firsts("quick").stream().filter(number -> number % PEOPLE == his))
                    .as("order of one recipient")
                    .isSorted();
        }
        var covered = new java.util.HashSet<>(sink.firsts("covered"));
        covered.addAll(sink.firsts("standin"));
        assertThat(covered).containsExactlyInAnyOrderElementsOf(all);
    }

    private static Caller.Answer notify(Caller caller, String channel, int number) {
        return caller.notify("""
                {"type":"chaos.note","channel":"%s","recipient":"person-%d","data":{"number":%d}}""".formatted(channel, number % PEOPLE, number));
    }

    private static long total(Caller caller, String state) {
        JsonNode total = caller.get("/api/v1/stats").json().at("/total/" + state);
        return total.longValue();
    }
}
