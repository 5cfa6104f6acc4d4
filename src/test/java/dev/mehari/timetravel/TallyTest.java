package dev.mehari.timetravel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.history.Traffic.Passed;
import dev.mehari.routing.DryRouter.Way;
import dev.mehari.testkit.NotificationBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Instant FROM = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-20T18:00:00Z");
    private final Tally tally = new Tally();

    @Test
    void whatMovesAlike_isOneGroupWithItsNewestAsExamples() {
        for (int at = 0; at < 8; at++) {
            tally.add(passed("a" + at, "trade.opened", "trades"), to("trades"), to("trades", "admin"));
        }
        tally.add(passed("b", "system.alert", "alertes"), to("alertes"), to("alertes"));
        tally.add(passed("c", "fan.out", "x", "y"), to("x", "y"), to("y", "x"));

        var found = tally.result(FROM, TO, true, Set.of());

        assertThat(found.notifications()).isEqualTo(10);
        assertThat(found.moved()).isEqualTo(8);
        assertThat(found.groups())
                .containsExactly(new Differences.Group(
                        "trade.opened",
                        List.of("trades"),
                        List.of("trades"),
                        List.of("admin", "trades"),
                        8,
                        List.of("a0", "a1", "a2", "a3", "a4")));
    }

    @Test
    void channelThatTheProducerChose_isSeenByWhereItWent() {
        tally.add(passed("a", "trade.opened", "signal"), to("trades"), to("admin"));
        tally.add(passed("b", "trade.opened", "signal"), to("trades"), to("trades"));

        var groups = tally.result(FROM, TO, true, Set.of()).groups();

        assertThat(groups).singleElement().satisfies(group -> {
            assertThat(group.went()).containsExactly("signal");
            assertThat(group.now()).containsExactly("trades");
            assertThat(group.then()).containsExactly("admin");
        });
    }

    @Test
    void manyTypes_doNotFillTheMemory() {
        IntStream.range(0, 5_000)
                .forEach(at -> tally.add(passed("id", "type.t" + at, "admin"), to("admin"), to("trades")));

        var found = tally.result(FROM, TO, false, Set.of("http"));

        assertThat(found.moved()).isEqualTo(5_000);
        assertThat(found.groups()).hasSize(500);
        assertThat(found.moreGroups()).isEqualTo(4_500);
        assertThat(found.complete()).isFalse();
    }

    @Test
    void failures_andContentThatIsGone_areCounted() {
        tally.add(
                new Passed(passed("a", "x", "admin").notification(), false, List.of("admin")),
                to("admin"),
                new Way(List.of("admin"), "no such channel"));

        var found = tally.result(FROM, TO, true, Set.of());

        assertThat(found.withoutContent()).isEqualTo(1);
        assertThat(found.failed()).isEqualTo(1);
        assertThat(found.failure()).isEqualTo("no such channel");
        assertThat(found.moved()).isZero();
    }

    private static Way to(String... channels) {
        return new Way(List.of(channels), null);
    }

    private static Passed passed(String id, String type, String... channels) {
        @Nullable String none = null;
        return new Passed(
                NotificationBuilder.of(type)
                        .id(id)
                        .source("http")
                        .traceId("t")
                        .createdAt(FROM)
                        .build(),
                true,
                List.of(channels));
    }
}
