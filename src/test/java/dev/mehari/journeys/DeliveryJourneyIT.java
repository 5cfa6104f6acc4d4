package dev.mehari.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.sandbox.Fault;
import dev.mehari.sandbox.Fault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of messages when providers do what providers do: order, isolation, fallback, dead letters. */
class DeliveryJourneyIT extends Journey {

    @Test
    void orderHolds_through500sAnd429s() {
        fault("patient", Fault.flaky(0.3, 7));
        sendMany("patient", 1, 30);
        soon().until(() -> !titles("patient").isEmpty());
        fault("patient", Fault.rateLimited(0.3, "user").times(2));
        sendMany("patient", 31, 60);

        soon().untilAsserted(() -> assertThat(titles("patient")).isEqualTo(numbered("note", 1, 60)));
    }

    @Test
    void orderHolds_andAttemptsAreKept_throughARestart() {
        fault("patient", Fault.status(503));
        sendMany("patient", 1, 20);
        soon().untilAsserted(() -> assertThat(spent("patient")).isGreaterThanOrEqualTo(3));
        // A sandbox begins without faults: nothing is to be delivered before there is one again.
        caller().post("/api/v1/channels/patient/pause");
        int before = spent("patient");

        GATEWAY.close();
        GATEWAY.start();
        fault("patient", Fault.status(503));
        assertThat(spent("patient")).isGreaterThanOrEqualTo(before);
        caller().post("/api/v1/channels/patient/resume");
        sendMany("patient", 21, 25);
        GATEWAY.sandbox().faults().clear();

        soon().untilAsserted(() -> assertThat(titles("patient")).isEqualTo(numbered("note", 1, 25)));
        assertBalanced();
    }

    @Test
    void urgentOnes_overtake() {
        fault("alone", Fault.slow(Duration.ofMillis(800)).times(1));
        send("alone", "first");
        soon().until(() -> GATEWAY.sandbox().faults().all().isEmpty());
        for (int i = 1; i <= 15; i++) {
            send("alone", "normal " + i);
        }
        send("alone", "urgent", "critical");

        soon().untilAsserted(() -> assertThat(titles("alone")).hasSize(17));
        assertThat(titles("alone")).startsWith("first").element(1).asString().contains("urgent");
    }

    static Stream<Fault> troubles() {
        return Stream.of(
                Fault.status(503),
                Fault.slow(Duration.ofSeconds(8)),
                Fault.rateLimited(20, "user"),
                Fault.of(Kind.RESET));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void oneChannelInTrouble_delaysNoOther(Fault trouble) {
        fault("patient", trouble);
        sendMany("patient", 1, 12);
        List<Long> waits = new ArrayList<>();

        for (int i = 1; i <= 25; i++) {
            for (String channel : List.of("trades", "alertes", "performance", "signal")) {
                long start = System.nanoTime();
                String title = channel + " " + i;
                send(channel, title);
                soon().pollInterval(Duration.ofMillis(1))
                        .until(() -> titles(channel).contains(title));
                waits.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            }
        }
        waits.sort(null);
        System.out.printf(
                "beside %s: p50 %d ms, p95 %d ms, worst %d ms%n",
                trouble.kind(), waits.get(50), waits.get(95), waits.getLast());
        assertThat(waits.get(50)).isLessThan(500);
        assertThat(waits.getLast()).isLessThan(5_000);

        GATEWAY.sandbox().faults().clear();
        GATEWAY.bean(dev.mehari.channel.Lanes.class).of("patient").resume();
        soon().untilAsserted(() -> assertThat(titles("patient")).contains("note 12"));
    }

    @Test
    void anOpenBreaker_sendsToTheFallback_whichSaysForWhom() {
        fault("trades", Fault.status(500));
        sendMany("trades", 1, 30);

        soon().untilAsserted(() -> assertThat(titles("admin")).hasSize(30));
        assertThat(titles("trades")).isEmpty();
        assertThat(inbox().messages("admin").get(0).request().body()).contains("trades");
        assertThat(channel("trades").path("breaker").asText()).isIn("open", "half-open");
        assertBalanced();

        GATEWAY.sandbox().faults().clear();
        soon().untilAsserted(() -> {
            send("trades", "back");
            assertThat(titles("trades")).contains("back");
        });
    }

    @Test
    void anOpenBreaker_withoutAFallback_waitsAndSpendsNothing() {
        fault("waiting", Fault.status(500));
        sendMany("waiting", 1, 5);
        soon().untilAsserted(() ->
                assertThat(channel("waiting").path("breaker").asText()).isEqualTo("open"));

        GATEWAY.sandbox().faults().clear();

        soon().untilAsserted(() -> assertThat(titles("waiting")).isEqualTo(numbered("note", 1, 5)));
    }

    @Test
    void whenAttemptsAreExhausted_itIsADeadLetter_andThoseBehindGoOn() {
        fault("alone", Fault.status(500).times(4));
        String id = send("alone", "note 0");
        soon().untilAsserted(() -> assertThat(redis().opsForList().size("notifications:dead_letter"))
                .isEqualTo(1));
        send("alone", "note 1");

        soon().untilAsserted(() -> assertThat(titles("alone")).containsExactly("note 1"));
        JsonNode letter =
                caller().get("/api/v1/dead-letters/" + deadLetterOf(id)).json();
        assertThat(letter.toString()).contains("attempts-exhausted").contains("note 0");
        assertThat(letter.path("attempts").asInt()).isEqualTo(4);
        assertBalanced();
    }

    @Test
    void aDeletedWebhook_isCalledOnce_reportedOnce_andDiverted() {
        fault("signal", Fault.of(Kind.DELETED));
        double before = attempts("signal", "rejected");
        sendMany("signal", 1, 25);

        soon().untilAsserted(() -> assertThat(titles("admin")).hasSize(25));
        soon().untilAsserted(() -> assertThat(inbox().messages("alertes")).hasSize(1));
        assertThat(inbox().messages("alertes").get(0).request().body()).contains("signal");
        assertThat(attempts("signal", "rejected") - before).isEqualTo(1);
        assertThat(channel("signal").path("broken").asText()).isNotBlank();

        GATEWAY.sandbox().faults().clear();
        assertThat(caller().post("/api/v1/channels/signal/resume").status()).isEqualTo(200);
        send("signal", "mended");
        soon().untilAsserted(() -> assertThat(titles("signal")).containsExactly("mended"));
        assertBalanced();
    }

    @Test
    void aDeletedWebhook_withoutAFallback_pauses_andLosesNothing() {
        fault("alone", Fault.of(Kind.UNAUTHORIZED));
        sendMany("alone", 1, 5);
        soon().untilAsserted(() ->
                assertThat(channel("alone").path("paused").asText()).contains("rejected"));

        GATEWAY.sandbox().faults().clear();
        caller().post("/api/v1/channels/alone/resume");

        soon().untilAsserted(() -> assertThat(titles("alone")).isEqualTo(numbered("note", 1, 5)));
        soon().untilAsserted(() -> assertThat(inbox().messages("alertes")).hasSize(1));
    }

    @Test
    void aPoisonMessage_isTriedAlone_thenPlain_thenDead_whileItsNeighboursArrive() {
        caller().post("/api/v1/channels/alone/pause");
        sendMany("alone", 1, 4);
        send("alone", "poison");
        sendMany("alone", 5, 9);
        GATEWAY.sandbox()
                .faults()
                .put(
                        "alone",
                        Fault.status(400, "{\"message\":\"Invalid Form Body\",\"code\":50035}", Map.of())
                                .times(3));
        caller().post("/api/v1/channels/alone/resume");

        // The batch is refused, then the first of it alone, then that one as plain text: the first is the poison here.
        soon().untilAsserted(() -> assertThat(redis().opsForList().size("notifications:dead_letter"))
                .isEqualTo(1));
        soon().untilAsserted(() -> assertThat(titles("alone")).hasSize(9));
        assertThat(redis().opsForList()
                        .range("notifications:dead_letter", 0, -1)
                        .get(0))
                .contains("message-rejected")
                .contains("note 1");
        assertThat(titles("alone"))
                .containsExactly(
                        "note 2", "note 3", "note 4", "poison", "note 5", "note 6", "note 7", "note 8", "note 9");
        assertBalanced();
    }

    private static void fault(String channel, Fault fault) {
        GATEWAY.sandbox().faults().put(channel, fault);
    }

    private static void sendMany(String channel, int from, int to) {
        for (int i = from; i <= to; i++) {
            send(channel, "note " + i);
        }
    }

    private static JsonNode channel(String name) {
        return caller().get("/api/v1/channels/" + name).json();
    }

    private static double attempts(String channel, String outcome) {
        return metric("mehari_delivery_attempts_total{channel=\"" + channel + "\",outcome=\"" + outcome + "\"");
    }

    /** The most attempts any delivery of the channel has spent, as Redis remembers them. */
    private static int spent(String channel) {
        return redis().opsForHash().entries("mehari:{" + channel + "}:state").entrySet().stream()
                .filter(field -> field.getKey().toString().startsWith("attempts:"))
                .mapToInt(field -> Integer.parseInt(field.getValue().toString()))
                .max()
                .orElse(0);
    }

    private static String deadLetterOf(String notification) {
        for (JsonNode letter : caller().get("/api/v1/dead-letters").json().findValue("deadLetters")) {
            if (letter.toString().contains(notification)) {
                return letter.path("id").asText();
            }
        }
        throw new AssertionError("no dead letter of " + notification);
    }

    private static void assertBalanced() {
        soon().untilAsserted(() -> assertThat(
                        caller().get("/api/v1/stats").json().path("balanced").asBoolean())
                .isTrue());
    }
}
