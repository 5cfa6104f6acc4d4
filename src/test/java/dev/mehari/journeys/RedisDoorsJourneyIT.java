package dev.mehari.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.testkit.Caller.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What programs publish, or push on the list, reaches its channel, or the dead letters with its raw text. */
class RedisDoorsJourneyIT extends Journey {
    private static final String QUEUE = "notifications:queue";

    @Test
    void whatIsPublished_isDeliveredInOrder() {
        for (String title : numbered("published", 1, 50)) {
            redis().convertAndSend("notifications", note(title));
        }

        soon().untilAsserted(() -> assertThat(titles("alone")).isEqualTo(numbered("published", 1, 50)));
    }

    @Test
    void whatIsPushed_isDeliveredInOrder_andLeavesNothingBehind() {
        for (String title : numbered("pushed", 1, 500)) {
            redis().opsForList().leftPush(QUEUE, note(title));
        }

        soon().untilAsserted(() -> assertThat(titles("alone")).isEqualTo(numbered("pushed", 1, 500)));
        soon().untilAsserted(() -> assertThat(redis().keys("*" + QUEUE + "*")).isEmpty());
    }

    @Test
    void aDedupeKey_countsOverAllDoors() {
        String key = "doors-" + System.nanoTime();
        String note =
                "{\"type\":\"journey.note\",\"title\":\"Once\",\"channel\":\"alone\",\"dedupeKey\":\"" + key + "\"}";

        redis().opsForList().leftPush(QUEUE, note);
        soon().untilAsserted(() -> assertThat(titles("alone")).containsExactly("Once"));
        redis().convertAndSend("notifications", note);
        assertThat(caller().notify(note).json().at("/duplicate").booleanValue()).isTrue();
        send("alone", "After");

        soon().untilAsserted(() -> assertThat(titles("alone")).containsExactly("Once", "After"));
    }

    @Test
    void whatCannotBeUnderstood_isADeadLetterWithItsRawText_andHoldsUpNothing() {
        List<String> bad = List.of(
                "not json at all", "[1,2]", "{\"title\":\"no type\"}", "{\"type\":\"a.b\",\"channel\":\"none\"}");
        bad.forEach(text -> redis().opsForList().leftPush(QUEUE, text + " "));
        bad.forEach(text -> redis().convertAndSend("notifications", text));
        redis().opsForList().leftPush(QUEUE, note("good"));
        redis().convertAndSend("notifications", note("good"));

        soon().untilAsserted(() -> assertThat(redis().opsForList().size("notifications:dead_letter"))
                .isEqualTo(8));
        soon().untilAsserted(() -> assertThat(titles("alone")).containsExactly("good", "good"));
        String letters = String.join("\n", redis().opsForList().range("notifications:dead_letter", 0, -1));
        assertThat(letters).contains("not json at all", "no type", "not-understood", "invalid");
        Answer listed = caller().get("/api/v1/dead-letters");
        assertThat(listed.status()).isEqualTo(200);
        assertThat(listed.text()).contains("not json at all");
    }

    @Test
    void bytesThatAreNoText_andAnEmptyText_areDeadLettersToo() {
        redis().execute((org.springframework.data.redis.core.RedisCallback<Long>) connection -> connection
                .listCommands()
                .lPush(QUEUE.getBytes(), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1}, new byte[0]));
        redis().opsForList().leftPush(QUEUE, note("good"));

        soon().untilAsserted(() -> assertThat(titles("alone")).containsExactly("good"));
        soon().untilAsserted(() -> assertThat(redis().opsForList().size("notifications:dead_letter"))
                .isEqualTo(2));
        soon().untilAsserted(() -> assertThat(redis().keys("*" + QUEUE + "*")).isEmpty());
    }

    @Test
    void whatADeadProcessHadTaken_isTakenUpAgain() {
        String left = "01arz3ndektsv4rrffq69g5fav " + note("left");
        redis().opsForList().leftPush("{" + QUEUE + "}:processing", left);
        redis().opsForList().leftPush("{" + QUEUE + "}:arriving", note("moved"));

        GATEWAY.restart();
        redis().opsForList().leftPush(QUEUE, note("fresh"));

        soon().untilAsserted(() -> assertThat(titles("alone")).containsExactly("left", "moved", "fresh"));
        soon().untilAsserted(() -> assertThat(redis().keys("*" + QUEUE + "*")).isEmpty());
    }

    private static String note(String title) {
        return "{\"type\":\"journey.note\",\"title\":\"" + title + "\",\"channel\":\"alone\"}";
    }
}
