package dev.mehari.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mehari.deadletter.NotReplayable;
import dev.mehari.redis.RedisGate;
import dev.mehari.testkit.RealRedis;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The inbound list: nothing that was pushed is lost or doubled, whatever it is and whatever Redis does. */
class QueueDoorIT {
    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private IngestBench bench;
    private Thread door;

    @BeforeEach
    void open() throws Exception {
        bench = new IngestBench(redis);
    }

    @AfterEach
    void close() throws InterruptedException {
        bench.close();
        if (door != null) {
            door.join();
        }
    }

    @Test
    void whatIsPushed_standsInItsLane_andOnNoListAnyMore() {
        for (int i = 0; i < 450; i++) {
            push("{\"type\":\"trade.opened\",\"title\":\"n" + i + "\"}");
        }
        start();
        soon().until(() -> bench.admin().depth() == 450 && bench.processing() == 0);
        push("{\"type\":\"trade.opened\"}");
        soon().until(() -> bench.admin().depth() == 451 && bench.processing() == 0);
        assertThat(bench.deadLetters()).isEmpty();
    }

    @Test
    void stop_breaksOffTheWaitForMore() throws InterruptedException {
        push("{\"type\":\"trade.opened\"}");
        start();
        soon().until(() -> bench.admin().depth() == 1 && bench.processing() == 0);
        bench.close();
        assertThat(door.join(RedisGate.LONGEST_WAIT.dividedBy(2))).isTrue();
    }

    @Test
    void whatADeadProcessLeft_isFinished_andDoublesNothing() {
        var entry = bench.ids.next() + " {\"type\":\"trade.opened\"}";
        bench.keys.opsForList().leftPush(IngestBench.PROCESSING, entry);
        bench.keys.opsForList().leftPush(IngestBench.PROCESSING, entry);
        start();
        soon().until(() -> bench.processing() == 0);
        assertThat(bench.admin().count("accepted")).isEqualTo(1);
    }

    @Test
    void entryThatSomebodyPutAmongThoseInProcess_isTaken_andBlocksNothing() {
        bench.keys.opsForList().leftPush(IngestBench.PROCESSING, "{\"type\":\"trade.opened\"}");
        bench.keys.opsForList().leftPush(IngestBench.PROCESSING, "nonsense");
        start();
        soon().until(() -> bench.processing() == 0);
        assertThat(bench.admin().depth()).isEqualTo(1);
        assertThat(bench.deadLetters()).hasSize(1);
    }

    @Test
    void bytesThatAreNoText_becomeADeadLetter_andLeaveTheList() {
        bytes(new byte[] {(byte) 0xC3, 0x28, (byte) 0xFF, 0x00, 'x'});
        push("{\"type\":\"trade.opened\"}");
        start();
        soon().until(() -> bench.admin().depth() == 1 && bench.processing() == 0);
        assertThat(bench.deadLetters()).singleElement().asString().contains("not-understood");
    }

    @Test
    void textOfMoreThanABody_isADeadLetter_withItsReason() {
        push("{\"type\":\"trade.opened\",\"text\":\"" + "x".repeat(262_144) + "\"}");
        start();
        soon().until(() -> bench.processing() == 0 && !bench.deadLetters().isEmpty());
        assertThat(bench.deadLetters()).singleElement().asString().contains("not-understood", "at most 262144");
        assertThat(bench.admin().depth()).isZero();
    }

    @Test
    void textThatWasRefused_isTakenOnceMore_orToldWhyNot() {
        var id = bench.ids.next();
        bench.textReplay.replay(id, "{\"type\":\"trade.opened\",\"title\":\"late\"}");
        bench.textReplay.replay(id, "{\"type\":\"trade.opened\",\"title\":\"late\"}");
        assertThat(bench.admin().count("accepted")).isEqualTo(1);

        assertThatThrownBy(() -> bench.textReplay.replay(bench.ids.next(), "{\"type\":\"Not A Type\"}"))
                .isInstanceOf(NotReplayable.class)
                .hasMessageContaining("refused still")
                .hasMessageContaining("/type");
    }

    @Test
    void whatIsNotUnderstood_isOneDeadLetter_howeverOftenRedisHadToBeAsked() {
        push("{\"type\":\"Not A Type\"}");
        bench.redis.refuse("queue-done");
        start();
        soon().until(() -> bench.redis.failures() >= 2);
        bench.clock.advance(Duration.ofSeconds(1));
        bench.redis.steady();
        soon().until(() -> bench.processing() == 0);
        assertThat(bench.deadLetters()).singleElement().asString().contains("\"invalid\"", "/type");
    }

    @Test
    void whatWasMovedWhileTheAnswerWasLost_isTakenWithoutARestart() {
        push("{\"type\":\"trade.opened\"}");
        bench.redis.loseAnswersOf("queue-take");
        start();
        soon().until(() -> bench.redis.failures() >= 1 && bench.processing() == 1);
        bench.redis.steady();
        soon().until(() -> bench.admin().depth() == 1 && bench.processing() == 0);
    }

    @Test
    void whatCannotBeRouted_isADeadLetter_andHoldsUpNothing() {
        push("{\"type\":\"no.way\"}");
        push("{\"type\":\"trade.opened\"}");
        start();
        soon().until(() -> bench.admin().depth() == 1 && bench.processing() == 0);
        assertThat(bench.deadLetters()).singleElement().asString().contains("routing-failed", "no.way");
    }

    @Test
    void channelThatDoesNotExist_isADeadLetter() {
        push("{\"type\":\"trade.opened\",\"channel\":\"nowhere\"}");
        start();
        soon().until(() -> bench.deadLetters().size() == 1 && bench.processing() == 0);
        assertThat(bench.deadLetters()).singleElement().asString().contains("\"invalid\"", "/channel");
    }

    private void start() {
        door = Thread.ofVirtual().start(bench.queue);
    }

    private void push(String text) {
        bytes(text.getBytes(UTF_8));
    }

    private static void bytes(byte[] text) {
        try (var connection = redis.connections().getConnection()) {
            connection.listCommands().lPush(IngestBench.QUEUE.getBytes(UTF_8), text);
        }
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }
}
