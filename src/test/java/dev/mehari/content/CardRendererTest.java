package dev.mehari.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.notification.Notification;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CardRendererTest {

    private static final String CLOSED = """
            title: "${(data.pnl gte 0)?then('🎉','🔻')} ${data.symbol} closed"
            color: "${(data.pnl gte 0)?then('green','red')}"
            link: "${data.url!}"
            fields:
              - { name: P&L, value: "${data.pnl?string('0.00')} (${data.pnlPercent?string('+0.00;-0.00')} %)", inline: true }
              - { name: Note, value: "${data.note!}" }
              - { name: Symbol, value: "${data.symbol}" }
            """;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ContentLibrary library = new ContentLibrary();
    private final CardRenderer renderer = new CardRenderer(library, meters);

    @Test
    void card_isMadeByTheTypesTemplate() {
        load(CLOSED);

        Card card = render(Map.of("symbol", "BTC", "pnl", "12.5", "pnlPercent", 4, "url", "https://example.com/1"));

        assertThat(card.title()).isEqualTo("🎉 BTC closed");
        assertThat(card.text()).isEqualTo("own text");
        assertThat(card.color()).isEqualTo(0x2ECC71);
        assertThat(card.link()).isEqualTo("https://example.com/1");
        assertThat(card.timestamp()).isEqualTo(Notifications.CREATED);
        assertThat(card.fields())
                .containsExactly(
                        new Card.Field("P&L", "12.50 (+4.00 %)", true), new Card.Field("Symbol", "BTC", false));
        assertThat(errors("trade.closed")).isZero();
    }

    @Test
    void missingValue_costsItsFieldAndIsCounted() {
        load(CLOSED);

        Card card = render(Map.of("symbol", "BTC"));

        assertThat(card.title()).isEqualTo("Trade closed");
        assertThat(card.color()).isEqualTo(0x1ABC9C);
        assertThat(card.fields()).containsExactly(new Card.Field("Symbol", "BTC", false));
        assertThat(errors("trade.closed")).isEqualTo(3);
    }

    @Test
    void templateOfWhichNothingRenders_givesWayToTheBuiltInCard() {
        load(CLOSED);

        Card card = render(Map.of("ticker", "BTC"));

        assertThat(card.title()).isEqualTo("Trade closed");
        assertThat(card.text()).isEqualTo("own text");
        assertThat(card.fields()).containsExactly(new Card.Field("ticker", "BTC", true));
        assertThat(card.footer()).isEqualTo("trade.closed · http");
    }

    @Test
    void badAddressColorAndTime_areLeftOut() {
        load("""
                title: t
                color: "${data.color}"
                link: "${data.link}"
                image: "${data.image}"
                timestamp: "${data.time}"
                """);

        Card bad =
                render(Map.of("color", "chartreuse", "link", "javascript:alert(1)", "image", "/etc/x", "time", "noon"));
        assertThat(bad)
                .isEqualTo(new Card("t", "own text", 0x1ABC9C, List.of(), null, null, null, Notifications.CREATED));
        assertThat(errors("trade.closed")).isEqualTo(4);

        Card good = render(Map.of(
                "color",
                "#0000ff",
                "link",
                "http://a.b/c?d",
                "image",
                "attachment://chart.png",
                "time",
                "2026-01-01T00:00:00+01:00"));
        assertThat(good.color()).isEqualTo(0xFF);
        assertThat(good.image()).isEqualTo("attachment://chart.png");
        assertThat(good.timestamp()).isEqualTo("2025-12-31T23:00:00Z");
    }

    @Test
    void provider_mayHaveItsOwnTemplate() {
        library.replace(ContentFiles.load(Map.of(
                Path.of("types.yaml"), "types: {trade.closed: }",
                Path.of("templates/trade.closed.yaml"), "title: for all",
                Path.of("templates/telegram/trade.closed.yaml"), "title: for Telegram")));
        Notification notification = Notifications.of("trade.closed", null, null, Map.of());

        assertThat(renderer.render(notification, "c", "telegram").title()).isEqualTo("for Telegram");
        assertThat(renderer.render(notification, "c", "discord").title()).isEqualTo("for all");
    }

    @Test
    void typeThatIsNotListed_getsTheBuiltInCardWithItsData() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("nothing", null);
        data.put("price", 97150.50);
        data.put("nested", Map.of("a", List.of(1, 2)));
        data.put("long", "x".repeat(5000));
        for (int i = 0; i < 20; i++) {
            data.put("k" + i, i);
        }

        Card card = renderer.render(Notifications.of("backup.done", null, "ok", data), "admin", "discord");

        assertThat(card.title()).isEqualTo("Backup done");
        assertThat(card.color()).isEqualTo(0x3498DB);
        assertThat(card.fields())
                .hasSize(11)
                .startsWith(new Card.Field("price", "97150.5", true), new Card.Field("nested", "{\"a\":[1,2]}", true));
        assertThat(card.fields().get(2).value()).hasSize(300).endsWith("x…");
        assertThat(card.fields().getLast()).isEqualTo(new Card.Field("…", "13 more values", false));
    }

    @Test
    void dataOfWhichNothingCanBeMade_costsTheDataOnlyAndMakesNoNewLabel() {
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("broken");
            }
        };

        Card card =
                renderer.render(Notifications.of("made.up", null, "still here", Map.of("x", broken)), "c", "discord");

        assertThat(card.text()).isEqualTo("still here");
        assertThat(errors("other")).isEqualTo(1);
        assertThat(meters.getMeters()).hasSize(1);
    }

    private void load(String template) {
        library.replace(ContentFiles.load(Map.of(
                Path.of("types.yaml"),
                "types: {trade.closed: {color: teal}}",
                Path.of("templates/trade.closed.yaml"),
                template)));
    }

    private Card render(Map<String, Object> data) {
        return renderer.render(Notifications.of("trade.closed", null, "own text", data), "trades", "discord");
    }

    private double errors(String type) {
        return meters.counter("mehari.content.template.errors", "type", type).count();
    }
}
