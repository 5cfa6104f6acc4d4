package dev.mehari.report;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.content.Card;
import dev.mehari.content.CardRenderer;
import dev.mehari.content.ContentFiles;
import dev.mehari.content.ContentLibrary;
import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationJson;
import dev.mehari.testkit.NotificationBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportDataTest {
    private static final Instant FROM = Instant.parse("2026-10-24T16:00:00.123Z");
    private static final Instant TO = Instant.parse("2026-10-25T17:00:00.456Z");

    @Test
    void data_countsByTypeChannelAndOutcome() {
        var data = data(Map.of(
                "trades",
                Map.of(
                        "accepted", 30L,
                        "delivered", 20L,
                        "delivered:trade.opened", 15L,
                        "delivered:other", 5L,
                        "diverted", 4L,
                        "diverted:trade.opened", 4L,
                        "millis", 4000L),
                "admin",
                Map.of(
                        "delivered", 3L,
                        "delivered:trade.opened", 3L,
                        "dead", 1L,
                        "dead:trade.opened", 1L,
                        "millis", 3600L),
                "quiet",
                Map.of("accepted", 7L)));

        assertThat(data)
                .containsEntry("total", 28L)
                .containsEntry("successRate", new BigDecimal("95.83"))
                .containsEntry("byType", Map.of("trade.opened", 23L, "other", 5L))
                .containsEntry("byChannel", Map.of("trades", 24L, "admin", 4L))
                .containsEntry("byOutcome", Map.of("delivered", 23L, "diverted", 4L, "dead", 1L))
                .containsEntry("slowest", Map.of("channel", "admin", "millis", 1200L));
        assertThat(((Map<?, ?>) data.get("byType")).keySet().iterator().next()).isEqualTo("trade.opened");
    }

    @Test
    void times_areLocalAndKnowTheChangeOfTheClocks() {
        assertThat(data(Map.of()))
                .contains(entry("from", "2026-10-24T18:00:00+02:00"), entry("to", "2026-10-25T18:00:00+01:00"));
    }

    @Test
    void quietPeriod_isAllRight() {
        assertThat(data(Map.of("trades", Map.of())))
                .containsEntry("total", 0L)
                .containsEntry("successRate", new BigDecimal("100.00"))
                .doesNotContainKey("slowest");
    }

    @Test
    void oneFailureAmongMany_isNotRoundedAway() {
        assertThat(data(Map.of("trades", Map.of("delivered", 999_999L, "dead", 1L))))
                .containsEntry("successRate", new BigDecimal("99.99"));
    }

    @Test
    void shippedTemplate_showsIt() {
        var library = new ContentLibrary();
        library.replace(ContentFiles.load(ContentFiles.read(Path.of("config"))));
        var meters = new SimpleMeterRegistry();
        var growth =
                Map.of("trades", Map.of("delivered", 3L, "delivered:trade.opened", 3L, "dead", 1L, "millis", 900L));
        var report = NotificationJson.read(NotificationJson.write(notification(data(growth))));

        var card = new CardRenderer(library, meters).render(report, "performance", "discord");

        assertThat(card.title()).contains("Daily report");
        assertThat(card.text()).contains("4 deliveries from 2026-10-24 18:00 to 2026-10-25 18:00");
        assertThat(card.fields())
                .contains(
                        new Card.Field("Success rate", "75.00 %", true),
                        new Card.Field("Slowest channel", "trades (300 ms)", true),
                        new Card.Field("By outcome", "delivered 3, dead 1", false));
        assertThat(meters.find("mehari.content.template.errors").counters()).isEmpty();
    }

    @Test
    void growth_startsAnewWithACounterThatDid() {
        var before = new Counters(Map.of("trades", Map.of("delivered", 100L, "dead", 5L)));
        var now = new Counters(Map.of("trades", Map.of("delivered", 130L, "dead", 2L), "new", Map.of("dead", 1L)));

        assertThat(now.since(before).byChannel())
                .isEqualTo(Map.of("trades", Map.of("delivered", 30L, "dead", 2L), "new", Map.of("dead", 1L)));
        assertThat(Counters.of(now.toJson())).isEqualTo(now);
    }

    private static Notification notification(Map<String, Object> data) {
        return NotificationBuilder.of("report.daily")
                .id("id")
                .data(data)
                .source("report")
                .createdAt(TO)
                .build();
    }

    private static Map<String, Object> data(Map<String, Map<String, Long>> growth) {
        return ReportData.of("daily", new Counters(growth), FROM, TO, ZoneId.of("Europe/Paris"));
    }
}
