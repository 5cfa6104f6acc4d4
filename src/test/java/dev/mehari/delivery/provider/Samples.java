package dev.mehari.delivery.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.channel.Channel;
import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.ProviderAnswer;
import dev.mehari.delivery.ProviderRequest;
import dev.mehari.notification.Attachment;
import dev.mehari.notification.Notification;
import dev.mehari.notification.Priority;
import dev.mehari.security.Secret;
import dev.mehari.testkit.NotificationBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What the tests of providers are made of. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final Card EMPTY = new Card(null, null, null, List.of(), null, null, null, null);

    private Samples() {}

    static Channel channel(String provider, String url, Map<String, Object> settings) {
        return new Channel(
                "trades",
                null,
                provider,
                Secret.of(url),
                new Channel.Throttle(5, Duration.ofSeconds(2)),
                new Channel.Retry(8, Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.2),
                new Channel.Breaker(50, 20, 5, Duration.ofSeconds(30)),
                null,
                Duration.ofHours(24),
                10,
                1,
                null,
                settings);
    }

    static Channel withConcurrency(Channel channel, int concurrency) {
        return new Channel(
                channel.name(),
                channel.description(),
                channel.provider(),
                channel.url(),
                channel.throttle(),
                channel.retry(),
                channel.breaker(),
                channel.fallback(),
                channel.expireAfter(),
                channel.coalesce(),
                concurrency,
                channel.orderBy(),
                channel.settings());
    }

    static Notification notification(Priority priority, Attachment... attachments) {
        return NotificationBuilder.of("trade.opened")
                .id("01JD4Y")
                .title("Opened")
                .text("BTC long")
                .data(Map.of("symbol", "BTC", "size", 2))
                .priority(priority)
                .source("http")
                .traceId("4bf92f3577b34da6a3ce929d0e0e4736")
                .createdAt(NOW)
                .attachments(List.of(attachments))
                .build();
    }

    static Envelope envelope(Card card) {
        return new Envelope(notification(Priority.NORMAL), card, null, false);
    }

    static Envelope plain(Card card) {
        return new Envelope(notification(Priority.NORMAL), card, null, true);
    }

    static Envelope diverted(Card card) {
        return new Envelope(notification(Priority.NORMAL), card, "alertes", false);
    }

    static Card card(String title, String text) {
        return new Card(title, text, null, List.of(), null, null, null, null);
    }

    static Card.Field field(String name, String value) {
        return new Card.Field(name, value, true);
    }

    static JsonNode json(ProviderRequest request) {
        return Json.read(request.body());
    }

    static ProviderAnswer answer(int status, String body) {
        return answer(status, Map.of(), body);
    }

    static ProviderAnswer answer(int status, Map<String, String> headers, String body) {
        return new ProviderAnswer(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Text that attacks: markup, mentions, entities, addresses, emoji, in any order. The same for the same seed. */
    static String wild(Random random, int pieces) {
        String[] shop = {
            "*",
            "**",
            "_",
            "__",
            "~~",
            "||",
            "`",
            "```",
            "\\",
            "[",
            "](",
            ")",
            "<",
            ">",
            "&",
            "&amp;",
            "@",
            "@everyone",
            "@here",
            "<@123456789>",
            "<@&123456789>",
            "<#123456789>",
            "<!channel>",
            "<!here|x>",
            "<b>",
            "</b>",
            "<a href=\"x\">",
            "</code>",
            "https://example.org/a_b_c?x=1&y=*2*",
            "http://h/[a](https://evil.example/)",
            "# ",
            "- ",
            "> ",
            ">>> ",
            "-# ",
            "1. ",
            "\n",
            "\n\n",
            " ",
            " ",
            "word",
            "😀",
            "👩‍👩‍👧",
            "é",
            "\u200B",
            "\t",
            "{}",
            "\"",
            "'",
            "|",
            "x".repeat(40)
        };
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(shop[random.nextInt(shop.length)]);
        }
        return text.toString();
    }

    /** A card that is hardly ever within the limits. */
    static Card wildCard(Random random) {
        List<Card.Field> fields = random.ints(random.nextInt(30), 0, 300)
                .mapToObj(size -> field(wild(random, size / 20), wild(random, size)))
                .toList();
        return new Card(
                wild(random, random.nextInt(80)),
                wild(random, random.nextInt(1500)),
                random.nextInt(0x1000000),
                fields,
                "https://example.org/" + random.nextInt(5),
                null,
                wild(random, random.nextInt(200)),
                NOW);
    }

    static boolean wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE).equals(text);
    }
}
