package dev.mehari.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.notification.Notification;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The files in {@code config/}: what a newcomer's first message looks like. */
class ShippedContentTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private final Map<Path, String> files = ContentFiles.read(Path.of("config"));
    private final Content content = ContentFiles.load(files);

    @Test
    void types_areTheTradingTeamsKindsAndTheReports() {
        assertThat(content.types().names())
                .containsExactlyInAnyOrder(
                        "trade.opened",
                        "trade.closed",
                        "trade.post-mortem",
                        "system.alert",
                        "system.critical",
                        "performance.report",
                        "performance.milestone",
                        "signal.analysis",
                        "admin.message",
                        "system.status",
                        "report.daily",
                        "report.weekly");
        assertThat(content.warnings()).isEmpty();
    }

    @Test
    void everyType_hasATemplateAndASampleThatRendersWhole() {
        for (MessageType type : content.types().all()) {
            assertThat(files).containsKey(Path.of("config", "templates", type.template() + ".yaml"));
            Notification example = type.example("1", NOON);
            assertThat(example).as(type.name()).isNotNull();
            List<String> failures = new ArrayList<>();
            Card card = content.render(example, "trades", "discord", (text, reason) -> failures.add(reason));
            assertThat(failures).as(type.name()).isEmpty();
            assertThat(card.title()).isNotBlank().doesNotContain("${", "null");
            assertThat(card.fields().isEmpty() && card.text() == null)
                    .as(type.name())
                    .isFalse();
        }
    }

    @Test
    void everyType_survivesAMessageWithNothingInIt() {
        for (MessageType type : content.types().all()) {
            Notification bare = Notifications.of(type.name(), null, "All there is", Map.of("other", 1));
            Card card = content.render(bare, "trades", "discord", (text, reason) -> {});
            assertThat(card.title()).as(type.name()).isNotBlank();
            assertThat(card.toString()).as(type.name()).contains("All there is");
            if (!type.name().equals("admin.message")) {
                assertThat(card.fields()).as(type.name()).contains(new Card.Field("other", "1", true));
            }
        }
    }

    @Test
    void everyType_showsTheProducersTitle() {
        for (MessageType type : content.types().all()) {
            Notification titled = Notifications.of(
                    type.name(), "My own words", null, type.example("1", NOON).data());
            assertThat(content.render(titled, "trades", "discord", (text, reason) -> {})
                            .title())
                    .as(type.name())
                    .contains("My own words");
        }
    }
}
