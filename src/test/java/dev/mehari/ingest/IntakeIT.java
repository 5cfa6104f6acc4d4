package dev.mehari.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.notification.Draft;
import dev.mehari.notification.NotificationReader;
import dev.mehari.notification.Priority;
import dev.mehari.testkit.RealRedis;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IntakeIT {
    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private IngestBench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new IngestBench(redis);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void sameKey_isTheSameNotification_forADay() {
        var first = bench.intake.stamp(draft("{\"type\":\"a\",\"dedupeKey\":\"k\"}"), "http");
        var second = bench.intake.stamp(draft("{\"type\":\"a\",\"dedupeKey\":\"k\"}"), "http");
        assertThat(first.duplicate()).isFalse();
        assertThat(second.duplicate()).isTrue();
        assertThat(second.notification().id()).isEqualTo(first.notification().id());
        assertThat(bench.keys.getExpire("test:dedupe:k")).isBetween(86_390L, 86_400L);
    }

    @Test
    void sameKeyFromManyCallersAtOnce_isOneNotification() throws Exception {
        var ids = ConcurrentHashMap.<String>newKeySet();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                callers.submit(() -> ids.add(bench.intake
                        .stamp(draft("{\"type\":\"a\",\"dedupeKey\":\"k\"}"), "http")
                        .notification()
                        .id()));
            }
        }
        assertThat(ids).hasSize(1);
    }

    @Test
    void withoutAKey_everyOneIsNew_andABatchKeepsItsOrder() {
        var drafts = List.of(
                draft("{\"type\":\"a\"}"), draft("{\"type\":\"b\",\"dedupeKey\":\"k\"}"), draft("{\"type\":\"a\"}"));
        var stamped = bench.intake.stampAll(drafts, "http");
        assertThat(stamped).extracting(one -> one.notification().type()).containsExactly("a", "b", "a");
        assertThat(stamped).extracting(one -> one.notification().id()).doesNotHaveDuplicates();
        assertThat(stamped).noneMatch(Intake.Stamped::duplicate);
    }

    @Test
    void priorityOfTheType_holds_whereTheProducerNamedNone() {
        assertThat(priority("{\"type\":\"system.critical\"}")).isEqualTo(Priority.CRITICAL);
        assertThat(priority("{\"type\":\"system.critical\",\"priority\":\"low\"}"))
                .isEqualTo(Priority.LOW);
        assertThat(priority("{\"type\":\"not.listed\"}")).isEqualTo(Priority.NORMAL);
    }

    @Test
    void traceOfTheProducer_isKept_andMadeWhereThereIsNone() {
        assertThat(bench.intake
                        .stamp(draft("{\"type\":\"a\",\"traceId\":\"t-1\"}"), "http")
                        .notification()
                        .traceId())
                .isEqualTo("t-1");
        assertThat(bench.intake
                        .stamp(draft("{\"type\":\"a\"}"), "http")
                        .notification()
                        .traceId())
                .isNotBlank();
    }

    private Priority priority(String json) {
        return bench.intake.stamp(draft(json), "http").notification().priority();
    }

    private static Draft draft(String json) {
        return new NotificationReader().read(json.getBytes(StandardCharsets.UTF_8));
    }
}
